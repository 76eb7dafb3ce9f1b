/// What verifying a ledger came to.
public struct LedgerVerification: Sendable, Hashable {
  /// How many entries there are.
  public var size: Int
  /// Their root, as recomputed; nil if nothing could be.
  public var root: TreeHash?
  /// The checkpoints whose signatures are right, by name: what the verdict rests on.
  public var checkpoints: [CheckedCheckpoint]
  /// Empty if all is well.
  public var findings: [LedgerFinding]

  public init(
    size: Int, root: TreeHash? = nil, checkpoints: [CheckedCheckpoint] = [], findings: [LedgerFinding] = []
  ) {
    self.size = size
    self.root = root
    self.checkpoints = checkpoints
    self.findings = findings
  }

  public var isValid: Bool { findings.isEmpty }
}

/// A checkpoint whose signature is right, and the name it goes by.
public struct CheckedCheckpoint: Sendable, Hashable {
  public var name: String
  public var checkpoint: Checkpoint

  public init(name: String, checkpoint: Checkpoint) {
    self.name = name
    self.checkpoint = checkpoint
  }
}
