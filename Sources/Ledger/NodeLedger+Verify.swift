internal import Dispatch
internal import FoundationEssentials
internal import GRDB
public import LedgerLog
internal import Synchronization

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
    entry: (LedgerEntry) -> Void = { _ in }
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
        verifier.check(index: try LedgerIndex.all(in: database))
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

  /// Entries that are read at once, on all processors.
  private static let batch = 8192

  /// While entries are fetched from the database, those before them are read on the other processors.
  private static func addEntries(
    of database: Database, to verifier: inout LedgerVerifier, telling tell: (LedgerEntry) -> Void
  ) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT sequence, CAST(json AS BLOB) FROM entry ORDER BY sequence")
    var reading: EntryReading?
    var fetched = 0
    var entries: [[UInt8]] = []
    while let row = try rows.next() {
      let sequence: Int = row[0]
      if sequence != fetched { verifier.report(.entry(fetched), "missing: entry \(sequence) stands in its place") }
      fetched += 1
      entries.append(try row.withUnsafeData(atIndex: 1) { Array($0 ?? Data()) })
      guard entries.count == batch else { continue }
      let next = EntryReading(entries)
      entries.removeAll(keepingCapacity: true)
      if let reading { add(reading.entries, to: &verifier, telling: tell) }
      reading = next
    }
    if let reading { add(reading.entries, to: &verifier, telling: tell) }
    add(EntryReading(entries).entries, to: &verifier, telling: tell)
  }

  private static func add(_ read: [ReadEntry], to verifier: inout LedgerVerifier, telling tell: (LedgerEntry) -> Void) {
    verifier.add(entries: read)
    for case let entry? in read.lazy.map(\.entry) { tell(entry) }
  }
}

/// Entries that are read and hashed by other threads.
private final class EntryReading: Sendable {
  private static let chunk = 512
  private let results = Mutex<[Int: [ReadEntry]]>([:])
  private let chunks: Int
  private let group = DispatchGroup()

  init(_ bytes: [[UInt8]]) {
    let (chunk, count) = (Self.chunk, bytes.count)
    chunks = (count + chunk - 1) / chunk
    for index in 0..<chunks {
      DispatchQueue.global().async(group: group) { [self] in
        let read = bytes[index * chunk..<min((index + 1) * chunk, count)].map { ReadEntry($0) }
        results.withLock { $0[index] = read }
      }
    }
  }

  /// Waits for the last of them.
  var entries: [ReadEntry] {
    group.wait()
    return results.withLock { found in (0..<chunks).flatMap { found[$0] ?? [] } }
  }
}
