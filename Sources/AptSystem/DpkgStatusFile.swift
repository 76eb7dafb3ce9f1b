internal import GateModel
internal import Glibc

/// dpkg's status file, read as it is: what the hooks look up, for whom libapt takes too long. It would put its whole
/// cache together again, because dpkg has just changed the file.
///
/// Source: dpkg 1.21, `dpkg(1)` and `deb-control(5)`. Says the same of each installed package as libapt's cache.
struct DpkgStatusFile {
  private let bytes: [UInt8]
  /// Where the stanzas of each name are.
  private let stanzas: [String: [Range<Int>]]

  /// A node with 5,000 packages has 6 MB of it.
  private static let limit = 256 << 20

  /// nil if it cannot be read.
  init?(path: String) {
    guard let bytes = RegularFile.contents(of: path, limit: Self.limit) else { return nil }
    self.init(bytes)
  }

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    stanzas = Self.index(bytes)
  }

  /// An installed package; nil if it is not installed. Without an architecture the first will do.
  func record(name: String, architecture: String?) -> InstalledRecord? {
    let records = (stanzas[name] ?? []).compactMap { record(name, in: $0) }
    guard let architecture else { return records.first }
    // As in libapt, packages for all architectures are of the node's own.
    return records.first { $0.architecture == architecture }
      ?? records.first { $0.architecture == "all" || architecture == "all" }
  }

  private func record(_ name: String, in stanza: Range<Int>) -> InstalledRecord? {
    let fields = Fields(bytes[stanza])
    guard let version = fields["version"], let architecture = fields["architecture"],
      let state = fields["status"]?.split(separator: " ").last, !Self.absent.contains(String(state))
    else { return nil }
    let source = fields["source"]?.split(separator: " ").first.map(String.init) ?? name
    return InstalledRecord(
      name: name, architecture: architecture, version: version, source: source,
      isQualified: fields["multi-arch"] == "same", conffiles: fields["conffiles"] ?? "")
  }

  /// The states of a package that is not there. Source: dpkg(1), PACKAGE STATES.
  private static let absent: Set<String> = ["not-installed", "config-files"]

  /// Every stanza by its package's name; an empty line ends a stanza.
  private static func index(_ bytes: [UInt8]) -> [String: [Range<Int>]] {
    var index: [String: [Range<Int>]] = [:]
    var begin = 0
    var line = 0
    func take(to end: Int) {
      if let name = name(bytes[begin..<end]) { index[name, default: []].append(begin..<end) }
    }
    while line < bytes.count {
      let end = endOfLine(bytes, from: line)
      if end == line {
        take(to: line)
        begin = end + 1
      }
      line = end + 1
    }
    if begin < bytes.count { take(to: bytes.count) }
    return index
  }

  /// The place of the next line feed, or the end.
  private static func endOfLine(_ bytes: [UInt8], from start: Int) -> Int {
    bytes.withUnsafeBytes { buffer in
      guard let base = buffer.baseAddress, let found = memchr(base + start, 10, buffer.count - start) else {
        return buffer.count
      }
      return base.distance(to: UnsafeRawPointer(found))
    }
  }

  private static let key = Array("Package: ".utf8)

  private static func name(_ stanza: ArraySlice<UInt8>) -> String? {
    var rest = stanza.drop { $0 == UInt8(ascii: "\n") }
    while !rest.isEmpty, !rest.starts(with: key) {
      rest = rest.drop { $0 != UInt8(ascii: "\n") }.dropFirst()
    }
    guard !rest.isEmpty else { return nil }
    let line = rest.prefix { $0 != UInt8(ascii: "\n") }
    return String(decoding: line.dropFirst(key.count), as: UTF8.self).trimmed
  }
}

/// The fields of a stanza by their names in lower case; lines that go on keep their breaks.
private struct Fields {
  private var values: [String: String] = [:]

  init(_ stanza: ArraySlice<UInt8>) {
    var last: String?
    for line in stanza.split(separator: UInt8(ascii: "\n")) {
      let text = String(decoding: line, as: UTF8.self)
      if text.hasPrefix(" ") || text.hasPrefix("\t") {
        if let last { values[last]?.append("\n" + text) }
      } else if let colon = text.firstIndex(of: ":") {
        let name = text[..<colon].lowercased()
        values[name] = text[text.index(after: colon)...].trimmed
        last = name
      }
    }
  }

  subscript(name: String) -> String? { values[name] }
}

extension StringProtocol {
  /// Without blanks at both ends.
  fileprivate var trimmed: String { trimming { $0 == " " || $0 == "\t" } }
}
