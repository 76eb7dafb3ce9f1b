internal import GRDB
public import GateModel
public import LedgerLog

/// A transaction or restart that was begun and has no outcome.
public enum OpenRun: Sendable, Hashable {
  /// In the order of its parts.
  case transaction([Recorded<TransactionIntent>])
  case restart(Recorded<RestartIntent>)
}

extension NodeLedger {
  /// The last decision on a version of a source; `version` is nil for a removal.
  public func lastDecision(
    source: String, version: String?
  ) throws(LedgerError) -> Recorded<DecisionRecord>? {
    try reading { database in
      try one(.decision, key: IndexChange.key(source: source, version: version), in: database) { body in
        if case .decision(let record) = body { record } else { nil }
      }
    }
  }

  /// Whether a policy gated a version of the source when it was last decided on.
  public func wasGated(source: String) throws(LedgerError) -> Bool {
    try reading { database in
      let decisions = try all(.decision, prefix: "\(source)=", in: database) { body in
        if case .decision(let record) = body { record } else { nil }
      }
      return decisions.contains { !$0.record.gatedBy.isEmpty }
    }
  }

  /// The approvals of a version that nobody revoked and that have not expired at `time`, the oldest first. Whether they
  /// are bound to the policies that are in force now is the caller's question.
  public func approvals(
    source: String, version: String, at time: Timestamp
  ) throws(LedgerError) -> [Recorded<ApprovalRecord>] {
    let prefix = IndexChange.key(source: source, version: version) + "#"
    return try reading { try approvals(prefix: prefix, at: time, in: $0) }
  }

  /// All approvals that nobody revoked and that have not expired at `time`, the oldest first.
  public func approvals(at time: Timestamp) throws(LedgerError) -> [Recorded<ApprovalRecord>] {
    try reading { try approvals(prefix: "", at: time, in: $0) }
  }

  private func approvals(
    prefix: String, at time: Timestamp, in database: Database
  ) throws -> [Recorded<ApprovalRecord>] {
    let found = try all(.approval, prefix: prefix, in: database) { body in
      if case .approval(let record) = body { record } else { nil }
    }
    return found.filter { $0.record.expires > time }
  }

  /// The restarts that are owed, the oldest first.
  public func owedRestarts() throws(LedgerError) -> [Recorded<OwedRestartRecord>] {
    try reading { database in
      try all(.owedRestart, in: database) { body in
        if case .owedRestart(let record) = body { record } else { nil }
      }
    }
  }

  /// When a version was first offered to this node.
  public func firstSeen(source: String, version: String) throws(LedgerError) -> Timestamp? {
    try reading { database in
      let key = IndexChange.key(source: source, version: version)
      return try LedgerIndex.sequence(.firstSeen, key: key, in: database).map { try entry($0, in: database).time }
    }
  }

  /// Transactions and restarts without an outcome, the oldest first: those that run, and those that died.
  public func openRuns() throws(LedgerError) -> [OpenRun] {
    try reading { database in
      try LedgerIndex.sequences(.openRun, in: database).sorted().map { try openRun($0, in: database) }
    }
  }

  private func openRun(_ sequence: Int, in database: Database) throws -> OpenRun {
    let first = try entry(sequence, in: database)
    if case .restartIntent(let record) = first.body { return .restart(Recorded(first, record)) }
    guard case .transactionIntent(let record) = first.body else { throw misled(sequence) }
    let rest = try (1..<max(record.parts, 1)).map { try entry(sequence + $0, in: database) }
    return .transaction(
      ([first] + rest).compactMap { entry in
        if case .transactionIntent(let part) = entry.body { Recorded(entry, part) } else { nil }
      })
  }

  /// The policies and mode that were last in force.
  public func configuration() throws(LedgerError) -> Recorded<ConfigurationRecord>? {
    try reading { database in
      try one(.configuration, key: "", in: database) { body in
        if case .configuration(let record) = body { record } else { nil }
      }
    }
  }

  /// The last time that apt was made to follow the decisions.
  public func lastSync() throws(LedgerError) -> Recorded<SyncRecord>? {
    try reading { database in
      try one(.sync, key: "", in: database) { body in if case .sync(let record) = body { record } else { nil } }
    }
  }
}

extension NodeLedger {
  private func one<Record>(
    _ topic: IndexTopic, key: String, in database: Database, _ record: (LedgerBody) -> Record?
  ) throws -> Recorded<Record>? {
    try LedgerIndex.sequence(topic, key: key, in: database).map { try recorded($0, in: database, record) }
  }

  private func all<Record>(
    _ topic: IndexTopic, prefix: String = "", in database: Database, _ record: (LedgerBody) -> Record?
  ) throws -> [Recorded<Record>] {
    try LedgerIndex.sequences(topic, prefix: prefix, in: database).sorted()
      .map { try recorded($0, in: database, record) }
  }

  private func recorded<Record>(
    _ sequence: Int, in database: Database, _ record: (LedgerBody) -> Record?
  ) throws -> Recorded<Record> {
    let entry = try entry(sequence, in: database)
    guard let record = record(entry.body) else { throw misled(sequence) }
    return Recorded(entry, record)
  }

  private func misled(_ sequence: Int) -> LedgerError {
    .corrupt(path, "its index leads to entry \(sequence), which is of another kind")
  }
}
