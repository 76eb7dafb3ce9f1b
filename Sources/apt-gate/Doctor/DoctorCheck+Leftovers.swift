import AptSystem
import GateEngine
import GateModel
import Glibc

extension DoctorCheck {
  /// Whether a run that died has left something in systemd's way.
  static var leftovers: DoctorCheck {
    DoctorCheck(name: "leftovers", fine: "no shield and no transaction is left of a run that died") { node in
      guard node.isLive || node.choice.state != nil else { throw DoctorSkip.otherRoot }
      guard geteuid() == 0 else { throw DoctorSkip.root }
      let table = ProcessTable()
      let records = node.transactions.records()
      let live = Set(
        records.filter { record in
          table.isRunning(record.process) || record.guardian.map(table.isRunning) ?? false
        }.map(\.id))
      return shields(except: live, node) + records.filter { !live.contains($0.id) }.map { dead($0.id) }
    }
  }

  private static let remedy = "`systemctl start apt-gate-sweep.service` finishes it; so does the next run of apt"

  private static func dead(_ id: String) -> DoctorFinding {
    DoctorFinding(
      .risk, "the transaction \(id) was begun, and nothing of it runs any more",
      why: "whether the network is as it was has not been looked at", remedy: remedy)
  }

  private static func shields(except live: Set<String>, _ node: DoctorNode) -> [DoctorFinding] {
    let folder = node.path(ShieldDropIn.folder)
    return TextFile.names(in: folder).filter { $0.hasSuffix(".d") }.sorted().compactMap { name in
      let file = "\(folder)/\(name)/\(ShieldDropIn.fileName)"
      guard let text = TextFile.contents(of: file) else { return nil }
      if let owner = ShieldDropIn.owner(in: text), live.contains(owner.transaction) { return nil }
      return DoctorFinding(
        .broken, "\(name.dropLast(2)) is shielded, and no run of apt is under way",
        why: "systemd refuses to stop, start or restart it when a person asks", remedy: remedy)
    }
  }
}
