import GateModel

extension DoctorCheck {
  /// Whether systemd would end unattended-upgrades in the middle of dpkg.
  static var timeLimits: DoctorCheck {
    DoctorCheck(name: "limits", fine: "nothing ends unattended-upgrades in the middle of dpkg") { node in
      guard node.isLive else { throw DoctorSkip.otherRoot }
      guard let unit = try node.unit("apt-daily-upgrade.service") else {
        throw DoctorSkip(reason: "systemd cannot be asked")
      }
      guard unit.loadState == "loaded" else { throw DoctorSkip(reason: "there is no \(unit.name)") }
      return [
        limit(unit.startTimeout, "TimeoutStartSec", unit.name, shortest: longRun),
        unit.serviceType == "oneshot" ? nil : limit(unit.runtimeLimit, "RuntimeMaxSec", unit.name, shortest: longRun),
        limit(unit.stopTimeout, "TimeoutStopSec", unit.name, shortest: longStep),
      ].compactMap(\.self)
    }
  }

  /// A run with a kernel and its initial ram disk has taken over 15 minutes on small machines.
  private static let longRun = Duration.seconds(3600)
  /// unattended-upgrades ends after the step it is at; Debian's unit gives it 900 s.
  private static let longStep = Duration.seconds(600)

  private static func limit(
    _ time: Duration?, _ setting: String, _ unit: String, shortest: Duration
  ) -> DoctorFinding? {
    guard let time, time < shortest else { return nil }
    return DoctorFinding(
      .risk, "\(unit) has `\(setting)=\(time.components.seconds)`",
      why: "systemd kills dpkg when it is over, and a package is left half-configured",
      remedy: "`systemctl edit \(unit)`: take it out, or make it at least \(shortest.components.seconds) s")
  }
}
