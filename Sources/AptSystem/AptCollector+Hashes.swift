internal import CAptPkg
public import GateModel

extension AptCollector {
  /// The SHA-256 of each binary's candidate as the package lists have it, 64 lower-case hexadecimal digits; nil where no
  /// list gives one, and for removals.
  ///
  /// Throws ``AptSystemError`` if the lists cannot be read.
  public func hashes(of binaries: [BinaryChange]) throws -> [String?] {
    let keys = binaries.compactMap(ArchiveKey.init)
    let found = try AptLibrary.use(configuration) { try hashes(of: keys) }
    let known = Dictionary(zip(keys, found), uniquingKeysWith: { first, _ in first })
    return binaries.map { ArchiveKey($0).flatMap { known[$0] ?? nil } }
  }

  private func hashes(of keys: [ArchiveKey]) throws -> [String?] {
    var strings = CStrings()
    defer { strings.free() }
    let wanted = keys.map { strings.key($0) }
    var hashes = capt_hashes()
    let outcome = AptOutcome { messages in capt_find_hashes(wanted, wanted.count, &hashes, &messages) }
    defer { capt_hashes_free(&hashes) }
    let paths = try paths()
    try outcome.check { AptSystemError(status: outcome.status, details: $0, paths: paths) }
    return UnsafeBufferPointer(start: hashes.items, count: hashes.count).map { item in
      let text = String(captured: item)
      return text.isEmpty ? nil : text
    }
  }
}
