public import GateModel
public import LedgerLog

/// A person's word that let a version through, and what became of it.
public struct ApprovalLine: Sendable, Hashable {
  /// The entry.
  public var sequence: Int
  public var time: Timestamp
  /// Who gave it; nil if the entry does not say.
  public var actor: LedgerActor?
  public var record: ApprovalRecord
  public var use: Use

  public enum Use: Sendable, Hashable {
    /// A transaction applied the version while it was in force.
    case used(Timestamp, transaction: String)
    /// In force at the end of the period, and not used.
    case waiting
    case expired
    case revoked(Timestamp, by: LedgerActor?, reason: String)

    public var word: String {
      switch self {
      case .used: "used"
      case .waiting: "waiting"
      case .expired: "expired"
      case .revoked: "revoked"
      }
    }
  }
}

/// A transaction that was refused.
public struct VetoLine: Sendable, Hashable {
  public var time: Timestamp
  public var record: VetoRecord
}
