/// Checks proofs about a tree of which only roots are known. Source: RFC 9162, sections 2.1.3.2 and 2.1.4.2, whose
/// proofs are those of RFC 6962.
public enum MerkleProof {
  /// Whether `proof` shows that `leaf` is entry `index` of the tree of `size` entries with this root.
  public static func includes(
    leaf: TreeHash, at index: Int, size: Int, root: TreeHash, proof: [TreeHash]
  ) -> Bool {
    guard index >= 0, index < size else { return false }
    var (node, last) = (index, size - 1)
    var hash = leaf
    for sibling in proof {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        hash = .node(sibling, hash)
        while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        hash = .node(hash, sibling)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return last == 0 && hash == root
  }

  /// Whether `proof` shows that the tree of `newSize` entries begins with the one of `oldSize`.
  public static func isConsistent(
    oldSize: Int, oldRoot: TreeHash, newSize: Int, newRoot: TreeHash, proof: [TreeHash]
  ) -> Bool {
    guard oldSize >= 0, oldSize <= newSize else { return false }
    if oldSize == 0 { return proof.isEmpty && oldRoot == .empty }
    if oldSize == newSize { return proof.isEmpty && oldRoot == newRoot }
    // A complete tree is a node of the larger one: its root stands for the proof's first hash.
    var path = oldSize & (oldSize - 1) == 0 ? [oldRoot] + proof : proof
    guard !path.isEmpty else { return false }
    let first = path.removeFirst()
    var (node, last) = (oldSize - 1, newSize - 1)
    while node & 1 == 1 { (node, last) = (node >> 1, last >> 1) }
    var (old, new) = (first, first)
    for sibling in path {
      guard last > 0 else { return false }
      if node & 1 == 1 || node == last {
        (old, new) = (.node(sibling, old), .node(sibling, new))
        while node & 1 == 0, node != 0 { (node, last) = (node >> 1, last >> 1) }
      } else {
        new = .node(new, sibling)
      }
      (node, last) = (node >> 1, last >> 1)
    }
    return last == 0 && old == oldRoot && new == newRoot
  }
}
