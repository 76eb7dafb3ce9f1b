internal import Crypto

/// The Merkle tree as the verifier builds it: every complete subtree, level by level, straight from the definition of
/// RFC 6962, section 2.1. It shares no code with ``CompactRange`` and ``TileTree``, which write ledgers.
struct VerifierTree {
  /// A hash without a place of its own in memory, so that a million of them are cheap.
  typealias Hash = SHA256.Digest

  /// `levels[l][i]` is MTH(D[i * 2^l : (i + 1) * 2^l]).
  private(set) var levels: [[Hash]] = [[]]

  var size: Int { levels[0].count }

  /// The hash of the entry that `range` of `bytes` is.
  static func leaf(_ bytes: [UInt8], _ range: Range<Int>) -> Hash {
    var hasher = SHA256()
    withUnsafeBytes(of: UInt8(0x00)) { hasher.update(bufferPointer: $0) }
    bytes.withUnsafeBytes { hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[range])) }
    return hasher.finalize()
  }

  mutating func append(_ leaf: Hash) {
    levels[0].append(leaf)
    var level = 0
    while levels[level].count.isMultiple(of: 2) {
      let count = levels[level].count
      let parent = Self.parent(levels[level][count - 2], levels[level][count - 1])
      level += 1
      if level == levels.count { levels.append([]) }
      levels[level].append(parent)
    }
  }

  private static func parent(_ left: Hash, _ right: Hash) -> Hash {
    var hasher = SHA256()
    withUnsafeBytes(of: UInt8(0x01)) { hasher.update(bufferPointer: $0) }
    left.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    right.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    return hasher.finalize()
  }

  /// The root over the first `size` entries; nil if there are fewer.
  func root(of size: Int) -> [UInt8]? {
    guard size <= self.size else { return nil }
    return size == 0 ? Array(SHA256.hash(data: [UInt8]())) : Array(root(from: 0, count: size))
  }

  private func root(from start: Int, count: Int) -> Hash {
    var largest = 1
    var level = 0
    while largest * 2 <= count { (largest, level) = (largest * 2, level + 1) }
    let left = levels[level][start / largest]
    return count == largest ? left : Self.parent(left, root(from: start + largest, count: count - largest))
  }

  /// Which hash of a tile is not the tree's, by its place in the tile; nil if all are.
  func firstDifference(from bytes: [UInt8], tileLevel: Int, number: Int, width: Int) -> Int? {
    let (level, start) = (tileLevel * 8, number * 256)
    guard bytes.count == width * 32 else { return min(bytes.count / 32, width) }
    return (0..<width).first { index in
      guard level < levels.count, start + index < levels[level].count else { return true }
      return levels[level][start + index].withUnsafeBytes { own in
        bytes.withUnsafeBytes { !own.elementsEqual($0[index * 32..<(index + 1) * 32]) }
      }
    }
  }
}
