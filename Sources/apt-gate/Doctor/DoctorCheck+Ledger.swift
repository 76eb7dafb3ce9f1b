import AptSystem
import GateConfiguration
import GateEngine
import GateModel
import Ledger
import LedgerLog

extension DoctorCheck {
  /// Whether the record can be written, is what was written, and is kept up.
  static var ledger: DoctorCheck {
    DoctorCheck(name: "ledger", fine: "the record verifies, and a sync has written to it lately") { node in
      let ledger: NodeLedger
      do throws(LedgerError) {
        ledger = try NodeLedger.read(state: node.settings.state)
      } catch {
        return try [unusable(error)]
      }
      return try altered(ledger) + key(ledger, node) + stale(ledger, node) + open(ledger, node)
    }
  }

  private static func unusable(_ error: LedgerError) throws -> DoctorFinding {
    if error.code == .unreadable { throw DoctorSkip.root }
    return DoctorFinding(
      .broken, error.message, why: "nothing can be recorded, so what a policy gates stays out",
      remedy: error.code == .missing ? "`apt-gate ledger init`" : error.advice)
  }

  private static func altered(_ ledger: NodeLedger) throws -> [DoctorFinding] {
    let verification = try ledger.verify()
    guard let first = verification.findings.first else { return [] }
    let more = verification.findings.count > 1 ? ", and \(verification.findings.count - 1) more" : ""
    return [
      DoctorFinding(
        .broken, "the ledger does not verify: \(first.description)\(more)",
        why: "it was changed or is damaged: what it says cannot be relied on",
        remedy: "`apt-gate ledger verify`; keep a copy for whoever investigates, then move the folder away and "
          + "`apt-gate ledger init`")
    ]
  }

  private static func key(_ ledger: NodeLedger, _ node: DoctorNode) throws -> [DoctorFinding] {
    do throws(LedgerError) {
      try NodeLedger.requireKey(state: node.settings.state)
      return []
    } catch {
      return try [unusable(error)]
    }
  }

  /// A node whose package lists are older than this is not kept up.
  private static let longest = Duration.seconds(3 * 86_400)

  private static func stale(_ ledger: NodeLedger, _ node: DoctorNode) throws -> [DoctorFinding] {
    let last = try ledger.lastSync()?.time
    if let last, node.now.duration(since: last) < longest { return [] }
    return [
      DoctorFinding(
        .risk, last.map { "apt-gate last synced at \($0)" } ?? "apt-gate has never synced",
        why: "versions that came since are held by no pin, only by the hook",
        remedy: "`apt-gate sync`; if it should have come by itself: `systemctl status apt-daily.timer`")
    ]
  }

  /// Runs without an outcome whose process is gone.
  private static func open(_ ledger: NodeLedger, _ node: DoctorNode) throws -> [DoctorFinding] {
    let live = Set(node.transactions.records().map(\.id))
    let open = try ledger.openRuns().map(\.transaction).filter { !live.contains($0) }
    guard !open.isEmpty else { return [] }
    return [
      DoctorFinding(
        .risk, "the record of \(open.joined(separator: ", ")) has no end",
        why: "everything of apt-gate was killed in the middle of it", remedy: "`systemctl start apt-gate-sweep.service`"
      )
    ]
  }
}
