import GateModel
import Ledger
import LedgerLog
import SystemdSystem

/// What a reboot settles: no process of an earlier boot runs old code any more.
struct RebootSettlement {
  let boot: String

  /// The units that are owed a restart by transactions of earlier boots only, sorted.
  ///
  /// INVARIANT: a transaction's intent names the run, and that begins with the boot (``TransactionID``). One that does not
  /// say is left to a person.
  func units(_ ledger: NodeLedger) throws -> [String] {
    let owed = try ledger.owedRestarts()
    guard !owed.isEmpty else { return [] }
    let runs = try ledger.entries(EntryFilter(kinds: [.transactionIntent])).reduce(into: [String: String]()) {
      if case .transactionIntent(let intent) = $1.body { $0[intent.transaction] = intent.command }
    }
    let current = "\(boot.prefix(8))-"
    let byUnit = Dictionary(grouping: owed, by: \.record.unit)
    return byUnit.filter { _, restarts in
      restarts.allSatisfy { restart in restart.record.transaction.flatMap { runs[$0] }?.hasPrefix(current) == false }
    }.keys.sorted()
  }

  /// Records what is settled, and tells it.
  func settle(_ ledger: NodeLedger, _ settings: HookSettings) throws {
    let units = try units(ledger)
    guard !units.isEmpty else { return }
    let outcome = RestartOutcome(
      transaction: "boot-\(boot.prefix(8))", result: .completed, settled: units, message: "the node was booted anew")
    try ledger.append([.restartOutcome(outcome)], at: .now)
    NewsDesk(settings.gate).tell(
      units.map {
        GateNews(.restartSettled, "\($0) runs the new version since the reboot", [.unit: $0, .result: "reboot"])
      })
  }
}
