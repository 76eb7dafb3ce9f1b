import GateModel
import LedgerLog
import Testing

@Suite struct MerkleTests {
  /// The leaves and roots of Certificate Transparency's reference tests.
  private static let leaves: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43], Array(0x50...0x57), Array(0x60...0x6F),
  ]

  @Test func rootsAreThoseOfTheReference() {
    var range = CompactRange()
    #expect(hexadecimal(range.root) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    let expected = [
      1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    for leaf in Self.leaves {
      _ = range.append(leaf: .leaf(leaf))
      if let root = expected[range.size] { #expect(hexadecimal(range.root) == root) }
    }
  }

  private func hexadecimal(_ hash: TreeHash) -> String {
    hash.bytes.map { String($0 >> 4, radix: 16) + String($0 & 0xF, radix: 16) }.joined()
  }

  /// Every proof of every pair of sizes holds; with another root it does not.
  @Test func proofsHoldAndOthersDoNot() throws {
    var (range, roots, hashes) = (CompactRange(), [TreeHash.empty], [UInt8]())
    for number in 0..<70 {
      let leaf = TreeHash.leaf([UInt8(number)])
      _ = range.append(leaf: leaf)
      roots.append(range.root)
      hashes += leaf.bytes
    }
    let tree = TileTree(size: 70) { level, number in level == 0 && number == 0 ? hashes : nil }
    #expect(try tree.compactRange() == range)
    for size in 1...70 {
      #expect(try tree.root(at: size) == roots[size])
      for old in 0...size {
        let proof = try tree.consistencyProof(from: old, to: size)
        func holds(_ oldRoot: TreeHash, _ newRoot: TreeHash) -> Bool {
          MerkleProof.isConsistent(
            oldSize: old, oldRoot: oldRoot, newSize: size, newRoot: newRoot, proof: proof)
        }
        #expect(holds(roots[old], roots[size]))
        #expect(!holds(.leaf([99]), roots[size]))
        if old > 0 { #expect(!holds(roots[old], .leaf([99]))) }
      }
      for index in 0..<size {
        let proof = try tree.inclusionProof(of: index, size: size)
        let leaf = TreeHash.leaf([UInt8(index)])
        #expect(MerkleProof.includes(leaf: leaf, at: index, size: size, root: roots[size], proof: proof))
        #expect(!MerkleProof.includes(leaf: .leaf([98]), at: index, size: size, root: roots[size], proof: proof))
      }
    }
  }

  /// The examples of C2SP tlog-tiles.
  @Test func tilesHaveThePathsOfTheSpecification() {
    #expect(Tile(content: .hashes(level: 0), number: 1_234_067, width: 256).path == "tile/0/x001/x234/067")
    #expect(Tile.hashTiles(size: 256).map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
    let tiles = Tile.hashTiles(size: 70_000)
    #expect(tiles.count == 273 + 1 + 1 + 1 + 1)
    #expect(tiles.suffix(3).map(\.path) == ["tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"])
  }
}

@Suite struct WitnessTests {
  @Test func onlyWhatContinuesIsSigned() throws {
    let node = try SigningKey.random(name: "node/apt-gate")
    let time = Timestamp(secondsSinceEpoch: 1_795_000_000)
    var witness = Witness(
      ledger: node.verifierKey, key: try SigningKey.random(name: "witness", kind: .cosignature))
    let (one, two) = (TreeHash.leaf([1]), TreeHash.leaf([2]))
    func note(_ size: Int, _ root: TreeHash) throws -> [UInt8] {
      let signed = try SignedCheckpoint(Checkpoint(origin: node.name, size: size, root: root), signedBy: node)
      return Array(signed.text.utf8)
    }
    guard case .cosign = witness.offered(try note(1, one), oldSize: 0, proof: [], at: time) else {
      Issue.record("the first checkpoint is not signed")
      return
    }
    #expect(witness.offered(try note(2, .node(one, two)), oldSize: 0, proof: [], at: time) == .stale(knownSize: 1))
    guard case .raiseAlarm(let fork) = witness.offered(try note(1, two), oldSize: 1, proof: [], at: time),
      case .raiseAlarm = witness.offered(try note(2, .node(two, two)), oldSize: 1, proof: [two], at: time),
      case .cosign = witness.offered(try note(2, .node(one, two)), oldSize: 1, proof: [two], at: time)
    else {
      Issue.record("a fork is not told from a continuation")
      return
    }
    #expect(fork.isFork)
  }
}
