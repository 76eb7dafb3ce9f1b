public import GateModel

/// Signs the checkpoints of one ledger, as long as each continues the last one it saw.
///
/// So a node that rewrites or truncates its history, even with its own key, is found: it cannot show a consistent
/// checkpoint any more. Source: C2SP tlog-witness, whose rules these are; the caller keeps the state durably *before* it
/// hands out a cosignature.
public struct Witness: Sendable {
  /// The ledger's key.
  public let ledger: VerifierKey
  /// The last checkpoint that was cosigned; nil before the first.
  public private(set) var latest: SignedCheckpoint?
  private let key: SigningKey

  public init(ledger: VerifierKey, key: SigningKey, latest: SignedCheckpoint? = nil) {
    (self.ledger, self.key, self.latest) = (ledger, key, latest)
  }

  /// The ledger offers a checkpoint, with a proof that it continues the one of `oldSize` entries.
  public mutating func offered(
    _ bytes: [UInt8], oldSize: Int, proof: [TreeHash], at time: Timestamp
  ) -> WitnessAction {
    do {
      return try consider(SignedCheckpoint(bytes, verifiedBy: ledger), oldSize: oldSize, proof: proof, at: time)
    } catch {
      return .refuse(error)
    }
  }

  private mutating func consider(
    _ offer: SignedCheckpoint, oldSize: Int, proof: [TreeHash], at time: Timestamp
  ) throws(LedgerLogError) -> WitnessAction {
    let known = latest?.checkpoint ?? Checkpoint(origin: ledger.name, size: 0, root: .empty)
    if offer.checkpoint.size == known.size, offer.checkpoint.root != known.root { return conflict(offer, proof) }
    // An older checkpoint says nothing by itself: a late message looks the same as a truncation.
    guard oldSize == known.size, offer.checkpoint.size >= known.size else { return .stale(knownSize: known.size) }
    let continues = MerkleProof.isConsistent(
      oldSize: known.size, oldRoot: known.root, newSize: offer.checkpoint.size, newRoot: offer.checkpoint.root,
      proof: proof)
    guard continues else { return conflict(offer, proof) }
    let signed = offer.cosigned(try Cosignature.signature(of: offer.note.text, by: key, at: time))
    latest = signed
    return .cosign(signed)
  }

  private func conflict(_ offer: SignedCheckpoint, _ proof: [TreeHash]) -> WitnessAction {
    guard let latest else {
      return .refuse(LedgerLogError(.proofInvalid, "the first checkpoint has a proof, or is not of an empty tree"))
    }
    return .raiseAlarm(WitnessEvidence(seen: latest, offered: offer, proof: proof))
  }
}

/// What a witness does about an offered checkpoint.
public enum WitnessAction: Sendable, Hashable {
  /// Keep it as the latest, then hand it back with the witness's signature.
  case cosign(SignedCheckpoint)
  /// The ledger does not know how far the witness is: it should offer again from `knownSize`.
  case stale(knownSize: Int)
  /// It is not a checkpoint of this ledger.
  case refuse(LedgerLogError)
  /// It does not continue what was seen: keep both and tell people.
  case raiseAlarm(WitnessEvidence)
}

/// Two checkpoints that one key signed and no proof joins.
public struct WitnessEvidence: Sendable, Hashable {
  public var seen: SignedCheckpoint
  public var offered: SignedCheckpoint
  /// What was offered as a proof.
  public var proof: [TreeHash]

  /// Whether it needs no proof: the same size with another root cannot come from one history.
  public var isFork: Bool {
    seen.checkpoint.size == offered.checkpoint.size && seen.checkpoint.root != offered.checkpoint.root
  }
}
