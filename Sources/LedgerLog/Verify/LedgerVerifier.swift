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
  private var index = VerifierIndex()

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

  /// The next entries.
  public mutating func add(_ read: ReadEntries) {
    for line in read.lines {
      let expected = tree.size
      tree.append(line.leaf)
      switch line.sequence {
      case .success(expected): continue
      case .success(let sequence): report(.entry(expected), "its sequence says \(sequence)")
      case .failure(let error): report(.entry(expected), error.message)
      }
    }
    for change in read.changes { index.apply(change) }
  }

  /// Takes note of what a kept index has. All entries must have been added.
  public mutating func found(inIndex topic: IndexTopic, key: String, sequence: Int) {
    index.found(topic, key: key, sequence: sequence)
  }

  /// Compares the kept index, all of which was ``found(inIndex:key:sequence:)``, with what the entries make of it.
  public mutating func checkIndex() {
    for (topic, key, own, kept) in index.differences {
      let names = [own, kept].map { $0.map { "entry \($0)" } ?? "nothing" }
      report(.index("\(topic.rawValue) \(key)"), "it leads to \(names[1]), and by the entries to \(names[0])")
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
