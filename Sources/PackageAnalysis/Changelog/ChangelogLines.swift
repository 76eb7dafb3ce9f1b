internal import GateModel

/// The lines of a changelog, one after the other, without copying them.
struct ChangelogLines {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> ChangelogLine? {
    guard position < bytes.count else { return nil }
    let start = position
    while position < bytes.count, bytes[position] != 0x0A { position += 1 }
    defer { position += 1 }
    return ChangelogLine(bytes: bytes[start..<position])
  }
}

/// One line, without its newline.
struct ChangelogLine {
  let bytes: ArraySlice<UInt8>

  /// Whether it is empty, or only white space.
  var isEmpty: Bool { bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D } }
  var isIndented: Bool { bytes.first == 0x20 || bytes.first == 0x09 }
  var isTrailer: Bool { bytes.starts(with: " -- ".utf8) || bytes.elementsEqual(" --".utf8) }

  /// What dpkg's parser passes over too. Source: Dpkg::Changelog::Parse, "comments and variables of editors".
  var isComment: Bool {
    ["#", "/*", "$", "Local variables:", "Local Variables:", "vim:", ";;"].contains { bytes.starts(with: $0.utf8) }
  }
}

/// The first line of an entry.
struct ChangelogHeading {
  let version: PackageVersion
  let urgency: ChangelogUrgency?

  /// Longer lines are no heading.
  private static let longest = 4096

  /// nil if the line is none: `package (version) distribution...; key=value, ...`.
  init?(_ line: ArraySlice<UInt8>) {
    guard line.count <= Self.longest, let open = line.firstIndex(of: UInt8(ascii: "(")),
      let close = line[open...].firstIndex(of: UInt8(ascii: ")")), open > line.startIndex,
      line[open - 1] == 0x20, let semicolon = line[close...].firstIndex(of: UInt8(ascii: ";"))
    else { return nil }
    let name = line[..<open].split(separator: 0x20)
    let version = line[(open + 1)..<close]
    guard name.count == 1, Self.isWord(name[0], "+-."), Self.isWord(version, ".+-~:"), !version.isEmpty else {
      return nil
    }
    self.version = PackageVersion(String(decoding: version, as: UTF8.self))
    urgency = Self.urgency(String(decoding: line[(semicolon + 1)...], as: UTF8.self))
  }

  private static func isWord(_ bytes: ArraySlice<UInt8>, _ others: String) -> Bool {
    bytes.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || others.utf8.contains(byte)
    }
  }

  /// `urgency=high, binary-only=yes`; the value may have a comment after it, which does not count.
  private static func urgency(_ metadata: String) -> ChangelogUrgency? {
    for part in metadata.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace || $0 == " " } }
      guard pair.count == 2, pair[0].filter({ $0 != " " }).lowercased() == "urgency" else { continue }
      return pair[1].split(separator: " ").first.flatMap { ChangelogUrgency(rawValue: $0.lowercased()) }
    }
    return nil
  }
}
