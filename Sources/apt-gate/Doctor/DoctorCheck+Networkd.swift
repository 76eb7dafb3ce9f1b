import GateConfiguration
import NetworkState
import NetworkSystem

extension DoctorCheck {
  /// Whether the systemd-networkd that runs is the one on disk.
  static var networkd: DoctorCheck {
    DoctorCheck(name: "networkd", fine: "systemd-networkd runs the version on disk, or does not run") { node in
      guard node.isLive else { throw DoctorSkip.otherRoot }
      guard let process = try NetworkdProcess.running(), let running = process.version,
        let installed = ProgramVersion.onDisk(root: process.root), running != installed
      else { return [] }
      let unit = "systemd-networkd.service"
      let isOwed = RecordedRestart.all(state: node.settings.state)?.contains { $0.unit == unit } ?? false
      let what = "systemd-networkd runs as \(running), and \(installed) is on disk"
      if isOwed {
        return [
          DoctorFinding(
            .note, what, why: "its fixes are not in use until it is restarted: the restart is owed",
            remedy: "`apt-gate restart \(unit)` restarts it under the guard; so does a reboot")
        ]
      }
      return [
        DoctorFinding(
          .risk, what, why: "its restart was kept out by something else than apt-gate, and nobody will make up for it",
          remedy: "`apt-gate network guard -- systemctl restart \(unit)`")
      ]
    }
  }
}
