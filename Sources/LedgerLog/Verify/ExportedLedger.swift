/// A ledger as files, which others can verify without apt-gate. docs/protocols/ledger.md describes them.
public enum ExportedLedger {
  public static let entriesPath = "entries.jsonl"
  public static let checkpointPath = "checkpoint"
  /// The last checkpoint that a witness signed, if one did; usually an older one.
  public static let witnessedPath = "checkpoint.witnessed"
  public static let keyPath = "verifier.key"

  /// Everything that is wrong with an export.
  ///
  /// - Parameters:
  ///   - key: The key that the reader trusts; the export's own, which whoever rewrote it may have replaced, without it.
  ///   - witness: A witness's key, if a checkpoint must have its signature.
  ///   - older: Checkpoints from before, by name, that the ledger must continue.
  ///   - entry: Gets each entry that can be read, in order, whether or not all is well.
  ///   - file: The contents of a file of the export; nil if there is none.
  public static func verify(
    key: VerifierKey? = nil, witness: VerifierKey? = nil, older: [(name: String, bytes: [UInt8])] = [],
    entry: ((LedgerEntry) -> Void)? = nil, file: (_ path: String) throws -> [UInt8]?
  ) rethrows -> LedgerVerification {
    let own = verifierKey(try file(keyPath))
    guard let trusted = key ?? own else {
      return LedgerVerification(size: 0, findings: [LedgerFinding(.key, "`\(keyPath)` is missing or malformed")])
    }
    var verifier = LedgerVerifier(key: trusted)
    if own != trusted { verifier.report(.key, "`\(keyPath)` is not the key that was given") }
    let entries = try file(entriesPath)
    let lines = lines(entries ?? [])
    verifier.addEntries(entries, lines: lines, telling: entry)
    try verifier.checkCheckpoints(witness: witness, file: file)
    for (name, bytes) in older { verifier.check(checkpoint: bytes, name: name) }
    for tile in Tile.hashTiles(size: verifier.size) { verifier.check(tile: tile, bytes: try file(tile.path)) }
    try verifier.checkBundles(entries: entries ?? [], lines: lines, file: file)
    return verifier.verification
  }

  /// The key that an export names; nil if it is malformed.
  public static func verifierKey(_ bytes: [UInt8]?) -> VerifierKey? {
    bytes.flatMap { String(validating: $0, as: UTF8.self) }.flatMap { try? VerifierKey($0) }
  }

  /// Where the lines of `entries.jsonl` stand in it; each ends with a newline, also the last.
  static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = 0
    for (place, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(start..<place)
      start = place + 1
    }
    return lines
  }
}

extension LedgerVerifier {
  fileprivate mutating func addEntries(
    _ bytes: [UInt8]?, lines: [Range<Int>], telling tell: ((LedgerEntry) -> Void)?
  ) {
    guard let bytes else { return report(.file(ExportedLedger.entriesPath), "missing") }
    if let last = bytes.last, last != 0x0A { report(.file(ExportedLedger.entriesPath), "its last line has no end") }
    for start in stride(from: 0, to: lines.count, by: Tile.width) {
      let read = ReadEntries(bytes, Array(lines[start...].prefix(Tile.width)), keeping: tell != nil)
      add(read)
      if let tell { read.entries.forEach(tell) }
    }
  }

  fileprivate mutating func checkCheckpoints(
    witness: VerifierKey?, file: (_ path: String) throws -> [UInt8]?
  ) rethrows {
    let (latestName, witnessedName) = (ExportedLedger.checkpointPath, ExportedLedger.witnessedPath)
    guard let bytes = try file(latestName) else { return report(.file(latestName), "missing") }
    let latest = check(checkpoint: bytes, name: latestName, isLatest: true)
    let witnessed = try file(witnessedName).map { check(checkpoint: $0, name: witnessedName) } ?? nil
    guard let witness else { return }
    if let witnessed {
      check(cosignatureOf: witness, on: witnessed, name: witnessedName)
    } else if let latest {
      check(cosignatureOf: witness, on: latest, name: latestName)
    }
  }

  fileprivate mutating func checkBundles(
    entries: [UInt8], lines: [Range<Int>], file: (_ path: String) throws -> [UInt8]?
  ) rethrows {
    for tile in Tile.entryTiles(size: lines.count) {
      guard let bytes = try file(tile.path) else {
        report(.file(tile.path), "missing")
        continue
      }
      let start = tile.number * Tile.width
      let bundled = EntryBundle.entries(of: bytes)
      let same = zip(bundled ?? [], lines[start...]).prefix { $0.elementsEqual(entries[$1]) }.count
      if bundled?.count != tile.width || same != tile.width {
        report(.file(tile.path), "it differs from `\(ExportedLedger.entriesPath)` from entry \(start + same) on")
      }
    }
  }
}
