internal import GRDB
public import LedgerLog

extension NodeLedger {
  /// The last checkpoint; nil before the first entry.
  public func checkpoint() throws(LedgerError) -> SignedCheckpoint? {
    try reading { try LedgerCheckpoints.latest(in: $0, verifiedBy: verifierKey) }
  }

  /// The last checkpoint that a witness signed.
  public func witnessedCheckpoint() throws(LedgerError) -> SignedCheckpoint? {
    try reading { database in
      try LedgerCheckpoints.note(LedgerCheckpoints.witnessedSlot, in: database)
        .map { try SignedCheckpoint($0, verifiedBy: verifierKey) }
    }
  }

  /// Keeps a checkpoint of this ledger that came back with the signature of `witness`.
  public func keep(witnessed note: [UInt8], by witness: VerifierKey) throws(LedgerError) {
    try LedgerError.telling(at: path) {
      let checkpoint = try SignedCheckpoint(note, verifiedBy: verifierKey)
      _ = try checkpoint.note.verified(by: witness)
      try queue.inTransaction(.immediate) { database in
        let tree = TileTree.kept(in: database, size: checkpoint.checkpoint.size)
        guard try tree.root(at: tree.size) == checkpoint.checkpoint.root else {
          throw LedgerError.corrupt(path, "a witness signed another history of it")
        }
        try LedgerCheckpoints.keep(checkpoint, slot: LedgerCheckpoints.witnessedSlot, in: database)
        return .commit
      }
    }
  }

  /// What shows that entry `sequence` is in the tree of the first `size` entries.
  public func inclusionProof(of sequence: Int, size: Int) throws(LedgerError) -> [TreeHash] {
    try reading { try TileTree.kept(in: $0, size: size).inclusionProof(of: sequence, size: size) }
  }

  /// What shows that the tree of `newSize` entries begins with the one of `oldSize`.
  public func consistencyProof(from oldSize: Int, to newSize: Int) throws(LedgerError) -> [TreeHash] {
    try reading { try TileTree.kept(in: $0, size: newSize).consistencyProof(from: oldSize, to: newSize) }
  }
}
