/// What a node shows of its ledger, so that the coordinator countersigns it as a witness.
public struct LedgerOffer: Sendable, Hashable, Codable {
  /// The ledger's verifier key.
  public var key: String
  /// The last checkpoint, as a signed note.
  public var checkpoint: String
  /// How many entries the coordinator has seen, as far as the node knows.
  public var from: Int
  /// That the checkpoint continues that of `from` entries (RFC 6962, section 2.1.2), each hash in base 64.
  public var proof: [String]

  public init(key: String, checkpoint: String, from: Int, proof: [String]) {
    self.key = key
    self.checkpoint = checkpoint
    self.from = from
    self.proof = proof
  }

  /// More than any ledger of 2^63 entries needs.
  public static let longestProof = 130
  public static let longestText = 8192

  public var problem: String? {
    guard proof.count <= Self.longestProof, key.utf8.count <= 1024, checkpoint.utf8.count <= Self.longestText,
      from >= 0, proof.allSatisfy({ $0.utf8.count <= 64 })
    else { return "`ledger` is too long, or `from` is negative" }
    return nil
  }
}

/// What the witness did about an offer.
public struct LedgerAnswer: Sendable, Hashable, Codable {
  public enum State: String, Sendable, Hashable, CaseIterable, Codable {
    /// `checkpoint` has the witness's signature.
    case cosigned
    /// It has seen another number of entries: offer again from `size`.
    case stale
    /// What was shown is no checkpoint of this ledger.
    case refused
    /// It does not continue what was seen. Both are kept, and people are told.
    case contradicted
  }

  public var state: State
  /// How many entries the witness has seen.
  public var size: Int?
  public var checkpoint: String?
  /// The witness's verifier key.
  public var witness: String?
  public var reason: String?

  public init(
    _ state: State, size: Int? = nil, checkpoint: String? = nil, witness: String? = nil, reason: String? = nil
  ) {
    self.state = state
    self.size = size
    self.checkpoint = checkpoint
    self.witness = witness
    self.reason = reason
  }
}

/// What the witness has of one node's ledger, for who verifies it.
public struct WitnessedLedger: Sendable, Hashable, Codable {
  public var node: String
  /// The verifier key that the ledger was first seen with.
  public var key: String
  /// The last checkpoint, with the witness's signature.
  public var checkpoint: String
  public var witness: String
  /// What contradicts it; absent if nothing does.
  public var alarm: String?

  public init(node: String, key: String, checkpoint: String, witness: String, alarm: String?) {
    self.node = node
    self.key = key
    self.checkpoint = checkpoint
    self.witness = witness
    self.alarm = alarm
  }
}
