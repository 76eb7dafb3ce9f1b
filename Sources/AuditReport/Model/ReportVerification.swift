public import GateModel
public import LedgerLog

/// Whether the ledger is what it was, and what that rests on.
public struct ReportVerification: Sendable, Hashable {
  public var verification: LedgerVerification
  /// The key that signatures were checked with.
  public var key: String
  /// Whether the reader named the key, and did not take it from the ledger itself.
  public var isKeyGiven: Bool
  /// The witness that must have signed; nil if none was asked for.
  public var witness: String?
  /// Checkpoints from before that the reader brought, by name.
  public var older: [String]

  public init(
    verification: LedgerVerification, key: String, isKeyGiven: Bool, witness: String? = nil, older: [String] = []
  ) {
    self.verification = verification
    self.key = key
    self.isKeyGiven = isKeyGiven
    self.witness = witness
    self.older = older
  }

  /// Whether something supports it that who has the node's key cannot make: a witness, or a checkpoint from before.
  public var restsOnOthers: Bool { witness != nil || !older.isEmpty }
}

/// A time in which the same policies and mode were in force.
public struct PolicySpan: Sendable, Hashable {
  public var since: Timestamp
  public var digest: String
  /// nil where entries do not tell.
  public var mode: GateMode?
}

/// What a sync could not do.
public struct SyncProblemLine: Sendable, Hashable {
  public var time: Timestamp
  public var problem: String
}
