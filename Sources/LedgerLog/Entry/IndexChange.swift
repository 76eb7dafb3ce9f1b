/// What the ledger keeps at hand about its present state. Each is a map from a key to an entry.
public enum IndexTopic: String, Sendable, Hashable, CaseIterable {
  /// SOURCE=VERSION to the last decision on it.
  case decision
  /// SOURCE=VERSION#SEQUENCE to an approval that nobody revoked; expiry is for the reader to judge.
  case approval
  /// A unit to the first entry since which it is owed a restart.
  case owedRestart = "owed-restart"
  /// SOURCE=VERSION to the entry that saw it first.
  case firstSeen = "first-seen"
  /// A transaction or restart that has no outcome, to its first intent.
  case openRun = "open-run"
  /// The empty key to the last `configuration`.
  case configuration
  /// The empty key to the last `sync`.
  case sync
}

/// What an entry changes in the index. The index is nothing but these, applied in the order of the entries.
public enum IndexChange: Sendable, Hashable {
  case set(IndexTopic, key: String, sequence: Int)
  case setIfAbsent(IndexTopic, key: String, sequence: Int)
  case remove(IndexTopic, key: String)

  public static func key(source: String, version: String?) -> String { "\(source)=\(version ?? "")" }

  public static func key(approval: Int, source: String, version: String) -> String {
    "\(key(source: source, version: version))#\(approval)"
  }
}

extension LedgerEntry {
  public var indexChanges: [IndexChange] {
    switch body {
    case .decision(let record):
      let key = IndexChange.key(source: record.change.source, version: record.change.to)
      return [.set(.decision, key: key, sequence: sequence)]
    case .approval(let record):
      let key = IndexChange.key(approval: sequence, source: record.source, version: record.version)
      return [.set(.approval, key: key, sequence: sequence)]
    case .revocation(let record):
      let key = IndexChange.key(approval: record.approval, source: record.source, version: record.version)
      return [.remove(.approval, key: key)]
    case .transactionIntent(let record):
      return [.setIfAbsent(.openRun, key: record.transaction, sequence: sequence)]
    case .transactionOutcome(let record): return [.remove(.openRun, key: record.transaction)]
    case .restartIntent(let record): return [.setIfAbsent(.openRun, key: record.transaction, sequence: sequence)]
    case .restartOutcome(let record):
      return [.remove(.openRun, key: record.transaction)] + record.settled.map { .remove(.owedRestart, key: $0) }
    case .owedRestart(let record): return [.setIfAbsent(.owedRestart, key: record.unit, sequence: sequence)]
    case .firstSeen(let record):
      let key = IndexChange.key(source: record.source, version: record.version)
      return [.setIfAbsent(.firstSeen, key: key, sequence: sequence)]
    case .sweep(let record):
      return record.settled.map { .remove(.owedRestart, key: $0) }
        + record.interrupted.map { .remove(.openRun, key: $0) }
    case .configuration: return [.set(.configuration, key: "", sequence: sequence)]
    case .sync: return [.set(.sync, key: "", sequence: sequence)]
    case .restore, .veto, .policyBundle: return []
    }
  }
}
