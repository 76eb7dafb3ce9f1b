internal import GateModel

/// dpkg has ended, or was seen to have died.
public struct TransactionOutcome: Sendable, Hashable {
  public var transaction: String
  public var result: RunResult
  /// What went wrong, or what the administrator should know.
  public var message: String?
  /// What is installed now that was not before, where it is not what was meant.
  public var changes: [ChangeRecord]
  public var network: NetworkRecord?
  public var failedProbes: [String]
  /// The digest of the snapshot after.
  public var snapshot: String?

  public init(
    transaction: String, result: RunResult, message: String? = nil, changes: [ChangeRecord] = [],
    network: NetworkRecord? = nil, failedProbes: [String] = [], snapshot: String? = nil
  ) {
    self.transaction = transaction
    self.result = result
    self.message = message
    self.changes = changes
    self.network = network
    self.failedProbes = failedProbes
    self.snapshot = snapshot
  }
}

extension TransactionOutcome: LedgerRecord {
  var json: JSONValue {
    BodyWriter(
      ("transaction", .string(transaction)), ("result", .string(result.rawValue)), ("message", .text(message)),
      ("changes", .array(changes.map(\.json))), ("network", network?.json), ("failedProbes", .strings(failedProbes)),
      ("snapshot", .text(snapshot))
    ).json
  }

  var sources: [String] { changes.map(\.source) }

  init(_ reader: BodyReader) throws(LedgerLogError) {
    self.init(
      transaction: try reader.text("transaction"), result: try reader.choice("result"),
      message: try reader.optionalText("message"), changes: try reader.objects("changes", ChangeRecord.init),
      network: try reader.optionalObject("network", NetworkRecord.init),
      failedProbes: try reader.texts("failedProbes"), snapshot: try reader.optionalText("snapshot"))
  }
}

/// How a transaction or restart ended.
public enum RunResult: String, Sendable, Hashable, CaseIterable {
  /// As meant.
  case completed
  /// It ended, and something is not as it should be.
  case failed
  /// It was refused before it began.
  case refused
  /// It died, or the node went down: noticed afterwards.
  case interrupted
}
