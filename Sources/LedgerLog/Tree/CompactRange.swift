/// The right edge of a Merkle tree: all that is needed to append to it, and to say its root.
///
/// One hash for each complete subtree of the decomposition of the size, the largest first.
/// Source: RFC 6962, section 2.1; the idea of the range is transparency-dev/merkle's.
public struct CompactRange: Sendable, Hashable {
  /// How many entries the tree has.
  public private(set) var size: Int
  private var hashes: [TreeHash]

  /// A tree without entries.
  public init() {
    size = 0
    hashes = []
  }

  /// A tree of `size` entries with its complete subtrees, the largest first; nil unless there is one for each bit.
  public init?(size: Int, hashes: [TreeHash]) {
    guard size >= 0, hashes.count == size.nonzeroBitCount else { return nil }
    self.size = size
    self.hashes = hashes
  }

  /// Adds an entry; gives the subtrees that it completes, by level: level 0 is the entry itself.
  public mutating func append(leaf: TreeHash) -> [TreeHash] {
    var completed = [leaf]
    var hash = leaf
    for _ in 0..<size.trailingOnes {
      hash = .node(hashes.removeLast(), hash)
      completed.append(hash)
    }
    hashes.append(hash)
    size += 1
    return completed
  }

  public var root: TreeHash {
    guard let last = hashes.last else { return .empty }
    return hashes.dropLast().reversed().reduce(last) { .node($1, $0) }
  }
}

extension Int {
  /// How many of the lowest bits are 1.
  fileprivate var trailingOnes: Int { (~self).trailingZeroBitCount }
}
