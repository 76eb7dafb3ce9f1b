/// A Merkle tree that is kept as tiles: gives its root and its proofs without its entries.
///
/// Only the tiles on the way to what is asked for are read: at most two on each level.
public struct TileTree {
  /// The hashes of tile `number` of `level`, one after the other; nil if there is no such tile.
  public typealias Source = (_ level: Int, _ number: Int) throws -> [UInt8]?

  public let size: Int
  private let tile: Source

  public init(size: Int, tile: @escaping Source) {
    self.size = size
    self.tile = tile
  }

  /// What appending goes on from.
  public func compactRange() throws -> CompactRange {
    var hashes: [TreeHash] = []
    var start = 0
    for bit in (0..<Int.bitWidth - 1).reversed() where size & (1 << bit) != 0 {
      hashes.append(try subtree(start, start + 1 << bit))
      start += 1 << bit
    }
    guard let range = CompactRange(size: size, hashes: hashes) else { throw missing(level: 0, index: size) }
    return range
  }

  /// The root of the tree as it was with its first `size` entries.
  public func root(at size: Int) throws -> TreeHash {
    size == 0 ? .empty : try subtree(0, size)
  }

  /// PATH(index, D[0:size]) of RFC 6962, section 2.1.1: from the entry up to the root.
  public func inclusionProof(of index: Int, size: Int) throws -> [TreeHash] {
    try path(to: index, 0, size)
  }

  /// PROOF(old, D[0:size]) of RFC 6962, section 2.1.2; empty if `old` is 0 or `size`.
  public func consistencyProof(from old: Int, to size: Int) throws -> [TreeHash] {
    old == 0 || old == size ? [] : try consistency(old, 0, size, isWhole: true)
  }

  private func path(to index: Int, _ start: Int, _ end: Int) throws -> [TreeHash] {
    guard end - start > 1 else { return [] }
    let middle = start + Self.split(end - start)
    return index < middle
      ? try path(to: index, start, middle) + [subtree(middle, end)]
      : try path(to: index, middle, end) + [subtree(start, middle)]
  }

  /// SUBPROOF of RFC 6962; `isWhole` is its b.
  private func consistency(_ old: Int, _ start: Int, _ end: Int, isWhole: Bool) throws -> [TreeHash] {
    if old == end { return isWhole ? [] : [try subtree(start, end)] }
    let middle = start + Self.split(end - start)
    return old <= middle
      ? try consistency(old, start, middle, isWhole: isWhole) + [subtree(middle, end)]
      : try consistency(old, middle, end, isWhole: false) + [subtree(start, middle)]
  }

  /// The largest power of two below `count`.
  private static func split(_ count: Int) -> Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }

  /// MTH(D[start:end]).
  private func subtree(_ start: Int, _ end: Int) throws -> TreeHash {
    let count = end - start
    if count & (count - 1) == 0, start % count == 0 {
      let level = count.trailingZeroBitCount
      return try complete(level: level, index: start >> level)
    }
    let middle = start + Self.split(count)
    return .node(try subtree(start, middle), try subtree(middle, end))
  }

  /// A complete subtree, from the hashes of the tile that it lies in.
  private func complete(level: Int, index: Int) throws -> TreeHash {
    let (row, above) = (level / Tile.height, level % Tile.height)
    let first = index << above
    guard let bytes = try tile(row, first / Tile.width) else { throw missing(level: level, index: index) }
    let offset = first % Tile.width * TreeHash.byteCount
    let hashes = try (0..<1 << above).map { position throws(LedgerLogError) in
      let start = offset + position * TreeHash.byteCount
      guard start + TreeHash.byteCount <= bytes.count, let hash = TreeHash(bytes[start..<start + TreeHash.byteCount])
      else { throw missing(level: level, index: index) }
      return hash
    }
    return Self.folded(hashes)
  }

  /// The root of a power of two of hashes.
  private static func folded(_ hashes: [TreeHash]) -> TreeHash {
    var row = hashes
    while row.count > 1 {
      row = stride(from: 0, to: row.count - 1, by: 2).map { .node(row[$0], row[$0 + 1]) }
    }
    return row[0]
  }

  private func missing(level: Int, index: Int) -> LedgerLogError {
    LedgerLogError(.hashMissing, "hash \(index) of the tree's level \(level) is not among the tiles")
  }
}
