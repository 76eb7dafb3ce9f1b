import GateEngine
import Ledger
import LedgerLog
import SystemdSystem

/// What is left after the node went down in the middle of a transaction: entries without an outcome.
struct BootSweep {
  let settings: HookSettings

  private static let limit = Duration.seconds(30)

  func run() throws {
    let finisher = TransactionFinisher(settings: settings, deadline: .now + Self.limit)
    try StandardStream.error.write(finisher.sweep())
    let ledger = try NodeLedger.ofHook(settings)
    try RebootSettlement(boot: BootID.current()).settle(ledger, settings)
    let live = Set(settings.transactions.records().map(\.id))
    let open = try ledger.openRuns().map(\.transaction).filter { !live.contains($0) }
    guard !open.isEmpty else { return }
    let message = "the node went down, or everything of apt-gate was killed, before it was done"
    try ledger.append(
      open.map { .transactionOutcome(TransactionOutcome(transaction: $0, result: .interrupted, message: message)) }
        + [.sweep(SweepRecord(cause: .boot, interrupted: open))], at: .now)
  }
}

extension OpenRun {
  /// The transaction's or restart's name.
  var transaction: String {
    switch self {
    case .transaction(let parts): parts.first?.record.transaction ?? ""
    case .restart(let intent): intent.record.transaction
    }
  }
}
