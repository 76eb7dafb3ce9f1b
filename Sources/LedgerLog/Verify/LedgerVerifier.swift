internal import GateModel

/// Recomputes a ledger from its entries and says what does not fit.
///
/// It takes nothing on trust but the key: each entry is read strictly, the tree is built anew, and what else there is,
/// checkpoints, tiles and the index, is compared with it. It shares only types with the code that appends.
public struct LedgerVerifier: Sendable {
  public let key: VerifierKey
  public private(set) var findings: [LedgerFinding] = []
  /// A ledger that is damaged all over is not listed in full.
  public static let mostFindings = 1000

  var tree = VerifierTree()
  private var index: [IndexTopic: [String: Int]] = [:]

  public init(key: VerifierKey) { self.key = key }

  private var checkpoints: [CheckedCheckpoint] = []

  public var verification: LedgerVerification {
    LedgerVerification(
      size: size, root: tree.root(of: size).flatMap { TreeHash($0) }, checkpoints: checkpoints, findings: findings)
  }

  /// How many entries were added.
  public var size: Int { tree.size }

  public mutating func report(_ place: LedgerFinding.Place, _ problem: String) {
    if findings.count < Self.mostFindings { findings.append(LedgerFinding(place, problem)) }
  }

  /// The next entry, as it is kept.
  public mutating func add(entry bytes: [UInt8]) { add(ReadEntry(bytes)) }

  /// The next entries. Reading them is most of the work; many are read on several threads.
  public mutating func add(entries: [ReadEntry]) {
    for entry in entries { add(entry) }
  }

  private mutating func add(_ read: ReadEntry) {
    let expected = tree.size
    tree.append(read.leaf)
    switch read.content {
    case .success(let content):
      let sequence = content.entry.sequence
      if sequence != expected { report(.entry(expected), "its sequence says \(sequence)") }
      for change in content.changes { apply(change) }
    case .failure(let error): report(.entry(expected), error.message)
    }
  }

  private mutating func apply(_ change: IndexChange) {
    switch change {
    case .set(let topic, let key, let sequence): index[topic, default: [:]][key] = sequence
    case .setIfAbsent(let topic, let key, let sequence):
      if index[topic]?[key] == nil { index[topic, default: [:]][key] = sequence }
    case .remove(let topic, let key): index[topic]?[key] = nil
    }
  }

  /// Compares a kept index with what the entries make of it.
  public mutating func check(index kept: [IndexTopic: [String: Int]]) {
    for topic in IndexTopic.allCases {
      let (own, other) = (index[topic] ?? [:], kept[topic] ?? [:])
      if own == other { continue }
      for key in Set(own.keys).union(other.keys).sorted() where own[key] != other[key] {
        let names = [own[key], other[key]].map { $0.map { "entry \($0)" } ?? "nothing" }
        report(.index("\(topic.rawValue) \(key)"), "it leads to \(names[1]), and by the entries to \(names[0])")
      }
    }
  }

  /// Checks a checkpoint's signature, and that its root is that of the first entries; all entries if `isLatest`.
  ///
  /// Gives the checkpoint if its signature is right, whether or not it fits the entries.
  @discardableResult
  public mutating func check(
    checkpoint bytes: [UInt8], name: String, isLatest: Bool = false
  ) -> SignedCheckpoint? {
    do throws(LedgerLogError) {
      let signed = try SignedCheckpoint(bytes, verifiedBy: key)
      checkpoints.append(CheckedCheckpoint(name: name, checkpoint: signed.checkpoint))
      compare(signed.checkpoint, name: name, isLatest: isLatest)
      return signed
    } catch {
      report(.checkpoint(name), error.message)
      return nil
    }
  }

  private mutating func compare(_ checkpoint: Checkpoint, name: String, isLatest: Bool) {
    if checkpoint.size > size {
      report(.entry(size), "missing: checkpoint `\(name)` has \(checkpoint.size) entries, and there are \(size)")
    } else if isLatest, checkpoint.size < size {
      report(.entry(checkpoint.size), "not covered: checkpoint `\(name)` has \(checkpoint.size) entries only")
    }
    guard let root = tree.root(of: checkpoint.size), root != checkpoint.root.bytes else { return }
    report(.checkpoint(name), "the first \(checkpoint.size) entries do not hash to its root")
  }

  /// Checks that `witness` has signed the checkpoint.
  public mutating func check(cosignatureOf witness: VerifierKey, on checkpoint: SignedCheckpoint, name: String) {
    do throws(LedgerLogError) {
      _ = try checkpoint.note.verified(by: witness)
    } catch {
      report(.checkpoint(name), error.message)
    }
  }

  /// Checks the hashes of a tile.
  public mutating func check(tile: Tile, bytes: [UInt8]?) {
    guard case .hashes(let level) = tile.content else { return }
    guard let bytes else { return report(.file(tile.path), "missing") }
    let difference = tree.firstDifference(from: bytes, tileLevel: level, number: tile.number, width: tile.width)
    guard let difference else { return }
    let sequence = tile.number * Tile.width + difference
    if level == 0, sequence < size {
      report(.entry(sequence), "its hash is not the one in `\(tile.path)`")
    } else {
      report(.file(tile.path), "hash \(difference) is not that of the entries")
    }
  }
}

/// An entry that was read and hashed, apart from its place.
public struct ReadEntry: Sendable {
  struct Content: Sendable {
    var entry: LedgerEntry
    var changes: [IndexChange]
  }

  let leaf: VerifierTree.Hash
  let content: Result<Content, LedgerLogError>

  /// What it says; nil if it is malformed.
  public var entry: LedgerEntry? { if case .success(let content) = content { content.entry } else { nil } }

  public init(_ bytes: [UInt8]) {
    leaf = VerifierTree.leaf(bytes)
    do throws(LedgerLogError) {
      let entry = try LedgerEntry(bytes)
      content = .success(Content(entry: entry, changes: entry.indexChanges))
    } catch {
      content = .failure(error)
    }
  }
}
