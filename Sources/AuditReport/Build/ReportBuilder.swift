internal import GateModel
public import LedgerLog

/// Makes a report from entries, one after the other: each is looked at once, and only what a report shows is kept.
///
/// Entries outside the period's end do not count; those before its beginning do, because what is held now was decided
/// then.
public struct ReportBuilder: Sendable {
  let period: ReportPeriod
  private(set) var entries = 0
  private(set) var entriesInPeriod = 0
  private(set) var node: String?
  /// When the first entry was written.
  private(set) var began: Timestamp?
  var updates = UpdateHistory()
  var approvals = ApprovalHistory()
  var transactions = TransactionHistory()
  var restarts = RestartHistory()
  var syncs = SyncHistory()
  var vetoes: [VetoLine] = []

  public init(period: ReportPeriod) { self.period = period }

  /// The next entry of the ledger.
  public mutating func add(_ entry: LedgerEntry) {
    entries += 1
    guard entry.time < period.until else { return }
    if began == nil { began = entry.time }
    node = entry.node
    if period.contains(entry.time) { entriesInPeriod += 1 }
    switch entry.body {
    case .firstSeen(let record): updates.saw(record, at: entry.time)
    case .decision(let record): updates.decided(record, at: entry.time)
    case .sync(let record):
      updates.synced(record, at: entry.time)
      syncs.synced(record, at: entry.time, isInPeriod: period.contains(entry.time))
    case .configuration(let record): syncs.configured(record, at: entry.time)
    // Which policies are in force says the `configuration` that follows.
    case .policyBundle: break
    case .approval(let record): approvals.approved(record, entry)
    case .revocation(let record): approvals.revoked(record, entry)
    case .veto(let record):
      if period.contains(entry.time) { vetoes.append(VetoLine(time: entry.time, record: record)) }
    case .transactionIntent(let record): began(record, at: entry.time)
    case .transactionOutcome(let record): ended(record, at: entry.time)
    case .restore(let record): transactions.restored(record, at: entry.time)
    case .restartIntent(let record): transactions.began(record, at: entry.time)
    case .restartOutcome(let record):
      transactions.ended(record, at: entry.time)
      restarts.settled(record.settled, how: .restart, transaction: record.transaction, at: entry.time)
    case .owedRestart(let record): restarts.owed(record, at: entry.time)
    case .sweep(let record):
      restarts.settled(record.settled, how: record.cause == .boot ? .reboot : .sweep, transaction: nil, at: entry.time)
      for transaction in record.interrupted { transactions.interrupted(transaction, at: entry.time) }
    }
  }

  private mutating func began(_ intent: TransactionIntent, at time: Timestamp) {
    let changes = intent.changes.map { change in
      let decision = change.to.flatMap { updates.decision(on: change.source, $0) }
      return TransactionChange(
        change: change, verdict: decision?.verdict, rules: decision?.decidedBy ?? [], effects: decision?.effects)
    }
    let prediction = intent.changes.compactMap { change in
      change.to.flatMap { updates.decision(on: change.source, $0)?.prediction }
    }.first
    for change in intent.changes { updates.begins(change) }
    transactions.began(intent, changes, prediction: prediction, at: time)
    approvals.applied(intent, at: time)
  }

  private mutating func ended(_ outcome: TransactionOutcome, at time: Timestamp) {
    guard let line = transactions.ended(outcome, at: time) else { return }
    let unlike = Set(outcome.changes.map(\.source))
    for change in line.changes.map(\.change) {
      let isClear = outcome.result == .completed && !unlike.contains(change.source)
      updates.ended(change, by: line.id, isClear: isClear, didRun: outcome.result != .refused, at: time)
    }
  }
}
