internal import CAptPkg

/// What dpkg's status says of an installed package.
struct InstalledRecord: Sendable {
  var name: String
  var architecture: String
  var version: String
  var source: String
  /// Whether dpkg names the package's files with its architecture.
  var isQualified: Bool
  /// The field `Conffiles`.
  var conffiles: String
}

extension AptCollector {
  /// One archive for each key.
  func archives(of keys: [ArchiveKey], in directories: [String]) throws -> [FoundArchive] {
    try AptLibrary.use(configuration) {
      var strings = CStrings()
      defer { strings.free() }
      let wanted = keys.map { strings.key($0) }
      let places = directories.map { strings.add($0) }
      var found = capt_archives()
      let outcome = AptOutcome { messages in
        capt_find_archives(wanted, wanted.count, places, places.count, &found, &messages)
      }
      defer { capt_archives_free(&found) }
      let paths = try paths()
      try outcome.check { AptSystemError(status: outcome.status, details: $0, paths: paths) }
      return UnsafeBufferPointer(start: found.items, count: found.count).map {
        FoundArchive(path: $0.path.map { String(cString: $0) }, problem: $0.problem.map { String(cString: $0) })
      }
    }
  }

  /// An installed package; nil if it is not installed. Without an architecture any will do, and conffiles are not read.
  func installed(name: String, architecture: String?) throws -> InstalledRecord? {
    guard Self.isPackageName(name) else { return nil }
    return try AptLibrary.use(configuration) {
      var strings = CStrings()
      defer { strings.free() }
      let wanted = architecture.map { strings.add($0) } ?? nil
      var record = capt_installed()
      let outcome = AptOutcome { messages in
        capt_installed_fill(strings.add(name), wanted, architecture == nil ? 0 : 1, &record, &messages)
      }
      defer { capt_installed_free(&record) }
      if outcome.status == CAPT_UNKNOWN_PACKAGE { return nil }
      let paths = try paths()
      try outcome.check { AptSystemError(status: outcome.status, details: $0, paths: paths) }
      return InstalledRecord(name: name, record)
    }
  }

  /// Names become parts of paths; one that could climb out is no package's name.
  private static func isPackageName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && !name.utf8.contains { $0 == 0 || $0 == UInt8(ascii: "/") }
  }
}

extension CStrings {
  mutating func key(_ key: ArchiveKey) -> capt_key {
    capt_key(name: add(key.name), architecture: add(key.architecture), version: add(key.version))
  }
}

extension InstalledRecord {
  fileprivate init(name: String, _ record: capt_installed) {
    self.init(
      name: name, architecture: String(captured: record.architecture), version: String(captured: record.version),
      source: String(captured: record.source), isQualified: record.is_qualified != 0,
      conffiles: String(captured: record.conffiles))
  }
}
