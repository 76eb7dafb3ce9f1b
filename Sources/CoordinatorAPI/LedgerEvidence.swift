public import GateModel

/// Two checkpoints of one node that contradict each other: the one that was seen has the witness's signature, and both have
/// the node's.
public struct LedgerEvidence: Sendable, Hashable, Codable {
  public var at: Timestamp
  public var reason: String
  /// The verifier keys that the checkpoints are signed with.
  public var seenKey: String
  public var seen: String
  public var offeredKey: String
  public var offered: String
  /// What was offered as a proof that the second continues the first, in base 64.
  public var proof: [String]

  public init(
    at: Timestamp, reason: String, seenKey: String, seen: String, offeredKey: String, offered: String, proof: [String]
  ) {
    self.at = at
    self.reason = reason
    self.seenKey = seenKey
    self.seen = seen
    self.offeredKey = offeredKey
    self.offered = offered
    self.proof = proof
  }
}

/// What the witness has of one node's ledger, and what contradicts it.
public struct LedgerEvidenceList: Sendable, Hashable, Codable {
  public var ledger: WitnessedLedger
  /// The oldest first.
  public var evidence: [LedgerEvidence]

  public init(ledger: WitnessedLedger, evidence: [LedgerEvidence]) {
    self.ledger = ledger
    self.evidence = evidence
  }
}

/// A person's word that a ledger with this key is the node's.
public struct LedgerAcceptance: Sendable, Hashable, Codable {
  /// The verifier key, as `apt-gate ledger checkpoint --json` on the node shows it.
  public var key: String
  public var reason: String

  public init(key: String, reason: String) {
    self.key = key
    self.reason = reason
  }
}
