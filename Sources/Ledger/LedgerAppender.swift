internal import FoundationEssentials
internal import GRDB
internal import GateModel
internal import LedgerLog

/// One transaction's work: entries, tiles, index and checkpoint.
struct LedgerAppender {
  private let database: Database
  private let key: SigningKey
  private let path: String
  private var range: CompactRange
  /// Tiles that grew, by level; the hashes that wait to be written, with the number of the tile.
  private var growing: [Int: (number: Int, bytes: [UInt8])] = [:]

  var size: Int { range.size }

  /// Reads where the ledger ends, and checks that its parts agree on it.
  init(database: Database, key: SigningKey, path: String) throws {
    (self.database, self.key, self.path) = (database, key, path)
    let entries = try Int.fetchOne(database, sql: "SELECT ifnull(max(sequence) + 1, 0) FROM entry") ?? 0
    range = try TileTree.kept(in: database, size: entries).compactRange()
    let checkpoint = try LedgerCheckpoints.latest(in: database, verifiedBy: key.verifierKey)
    let expected = checkpoint?.checkpoint ?? Checkpoint(origin: key.name, size: 0, root: .empty)
    guard expected.size == entries, expected.root == range.root else {
      throw LedgerError.corrupt(
        path, "its last checkpoint has \(expected.size) entries with another root than its \(entries)")
    }
  }

  mutating func append(_ entry: LedgerEntry) throws {
    let bytes = try entry.bytes()
    try database.execute(
      sql: "INSERT INTO entry(sequence, json) VALUES (?, ?)",
      arguments: [entry.sequence, String(decoding: bytes, as: UTF8.self)])
    let completed = range.append(leaf: .leaf(bytes))
    for (level, hash) in completed.enumerated() where level % Tile.height == 0 {
      try grow(level: level / Tile.height, index: entry.sequence >> level, hash)
    }
    for change in entry.indexChanges { try LedgerIndex.apply(change, to: database) }
  }

  private mutating func grow(level: Int, index: Int, _ hash: TreeHash) throws {
    let number = index / Tile.width
    if let tile = growing[level], tile.number != number {
      try write(tile.bytes, level: level, number: tile.number)
      growing[level] = nil
    }
    if growing[level] == nil {
      let bytes = try TileTree.tile(level, number, in: database) ?? []
      guard bytes.count == index % Tile.width * TreeHash.byteCount else {
        throw LedgerError.corrupt(path, "tile \(number) of level \(level) has \(bytes.count) bytes")
      }
      growing[level] = (number, bytes)
    }
    growing[level]?.bytes += hash.bytes
  }

  private func write(_ bytes: [UInt8], level: Int, number: Int) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO tile VALUES (?, ?, ?)", arguments: [level, number, Data(bytes)])
  }

  /// Writes what is left, and signs.
  func finish(at time: Timestamp) throws -> SignedCheckpoint {
    for (level, tile) in growing { try write(tile.bytes, level: level, number: tile.number) }
    let checkpoint = try SignedCheckpoint(
      Checkpoint(origin: key.name, size: range.size, root: range.root), signedBy: key)
    try LedgerCheckpoints.keep(checkpoint, at: time, in: database)
    return checkpoint
  }
}

extension TileTree {
  static func kept(in database: Database, size: Int) -> TileTree {
    TileTree(size: size) { try tile($0, $1, in: database) }
  }

  static func tile(_ level: Int, _ number: Int, in database: Database) throws -> [UInt8]? {
    try Data.fetchOne(
      database, sql: "SELECT hashes FROM tile WHERE level = ? AND number = ?", arguments: [level, number]
    ).map { Array($0) }
  }
}
