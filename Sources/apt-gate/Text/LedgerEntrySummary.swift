import GateModel
import LedgerLog

/// An entry in one line. It holds what packages and people wrote; who prints it makes it safe.
struct LedgerEntrySummary {
  var body: LedgerBody

  var text: String {
    switch body {
    case .decision(let record):
      "\(phrase(record.change)): \(record.verdict.rawValue)" + clause(record.message)
    case .approval(let record):
      "\(record.source) \(record.version) may apply until \(record.expires)" + clause(record.reason)
    case .revocation(let record):
      "approval #\(record.approval) of \(record.source) \(record.version) is void" + clause(record.reason)
    case .transactionIntent(let record): "\(record.transaction): " + phrase(record.changes)
    case .transactionOutcome(let record):
      "\(record.transaction): \(record.result.rawValue)" + clause(record.network.map(phrase)) + clause(record.message)
    case .restore(let record): phrase(record.network) + " by \(record.cause.rawValue)"
    case .restartIntent(let record): "\(record.transaction): " + list(record.units)
    case .restartOutcome(let record):
      "\(record.transaction): \(record.result.rawValue), settled: \(list(record.settled))" + clause(record.message)
    case .sync(let record): "\(record.pending) pending, pinned: \(list(record.pinned))"
    case .veto(let record): phrase(record.changes) + clause(record.message)
    case .owedRestart(let record): record.unit + " for " + list(record.sources)
    case .firstSeen(let record): "\(record.source) \(record.version)"
    case .sweep(let record): "after \(record.cause.rawValue), removed: \(list(record.removed))"
    case .configuration(let record): "mode \(record.mode), policies \(record.policyDigest)"
    case .policyBundle(let record): "\(record.result.rawValue): version \(record.version)" + clause(record.message)
    }
  }

  private func phrase(_ change: ChangeRecord) -> String {
    "\(change.source) \(change.from ?? "none") -> \(change.to ?? "none")"
  }

  private func phrase(_ changes: [ChangeRecord]) -> String { list(changes.map { phrase($0) }) }

  private func phrase(_ network: NetworkRecord) -> String {
    "\(network.lost) lost, \(network.restored) restored, \(network.missing) missing"
  }

  private func list(_ words: [String]) -> String { words.isEmpty ? "nothing" : words.joined(separator: ", ") }

  private func clause(_ words: String?) -> String { words.map { "; \($0)" } ?? "" }
}
