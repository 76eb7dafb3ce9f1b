internal import FoundationEssentials
internal import GRDB
public import LedgerLog

extension NodeLedger {
  /// Recomputes everything from the entries, and compares it with checkpoints, tiles and index.
  ///
  /// Damage is a finding, not an error, as far as the database can be read at all.
  ///
  /// - Parameters:
  ///   - key: The key that the reader trusts; the ledger's own without it.
  ///   - witness: A witness's key, if it must have signed a checkpoint that the ledger continues.
  ///   - older: Checkpoints from before, by name, that the ledger must continue.
  ///   - entry: Gets each entry that can be read, in order, whether or not all is well.
  public func verify(
    key: VerifierKey? = nil, witness: VerifierKey? = nil, older: [(name: String, bytes: [UInt8])] = [],
    entry: ((LedgerEntry) -> Void)? = nil
  ) throws(LedgerError) -> LedgerVerification {
    var verifier = LedgerVerifier(key: key ?? verifierKey)
    if verifier.key != verifierKey { verifier.report(.key, "the ledger's is not the one that was given") }
    do throws(LedgerError) {
      try reading { database in
        try Self.addEntries(of: database, to: &verifier, telling: entry)
        try Self.checkCheckpoints(of: database, witness: witness, with: &verifier)
        for tile in Tile.hashTiles(size: verifier.size) {
          guard case .hashes(let level) = tile.content else { continue }
          verifier.check(tile: tile, bytes: try TileTree.tile(level, tile.number, in: database))
        }
        try LedgerIndex.forEach(in: database) { verifier.found(inIndex: $0, key: $1, sequence: $2) }
        verifier.checkIndex()
      }
    } catch  where error.code == .corrupt {
      verifier.report(.file(path), error.message)
    }
    for (name, bytes) in older { verifier.check(checkpoint: bytes, name: name) }
    return verifier.verification
  }

  private static func checkCheckpoints(
    of database: Database, witness: VerifierKey?, with verifier: inout LedgerVerifier
  ) throws {
    var witnessed: SignedCheckpoint?
    let kept = try LedgerCheckpoints.all(in: database)
    for (slot, note) in kept {
      let signed = verifier.check(checkpoint: note, name: slot, isLatest: slot == LedgerCheckpoints.latestSlot)
      if slot == LedgerCheckpoints.witnessedSlot { witnessed = signed }
    }
    if verifier.size > 0, !kept.contains(where: { $0.slot == LedgerCheckpoints.latestSlot }) {
      verifier.report(.checkpoint(LedgerCheckpoints.latestSlot), "missing")
    }
    guard let witness else { return }
    if let witnessed {
      verifier.check(cosignatureOf: witness, on: witnessed, name: LedgerCheckpoints.witnessedSlot)
    } else {
      verifier.report(.checkpoint(LedgerCheckpoints.witnessedSlot), "missing")
    }
  }

  /// While rows are fetched from the database, the entries before them are read on the other processors.
  private static func addEntries(
    of database: Database, to verifier: inout LedgerVerifier, telling tell: ((LedgerEntry) -> Void)?
  ) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT sequence, json FROM entry ORDER BY sequence")
    var pipeline = ReadingPipeline(keepsEntries: tell != nil)
    func add(_ read: ReadEntries) {
      verifier.add(read)
      if let tell { read.entries.forEach(tell) }
    }
    var fetched = 0
    while let row = try rows.next() {
      let sequence: Int = row[0]
      if sequence != fetched { verifier.report(.entry(fetched), "missing: entry \(sequence) stands in its place") }
      fetched += 1
      try row.withUnsafeData(atIndex: 1) { pipeline.append($0 ?? Data()) }
      if let read = pipeline.next() { add(read) }
    }
    while let read = pipeline.last() { add(read) }
  }
}
