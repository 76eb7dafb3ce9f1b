internal import CDecompress

/// A package's Debian changelog among its files. Source: Debian Policy, section 12.7.
enum ChangelogFile {
  /// A larger compressed file is not read.
  static let largestFile: UInt64 = 4 << 20
  /// Text beyond this is not read: the newest entries come first.
  static let longestText = 2 << 20

  /// How good a changelog the file at `path` of the package may be; nil if it is none.
  ///
  /// A native package has no `changelog.Debian.gz`; another's `changelog.gz` is its author's.
  static func rank(of path: String) -> Int? {
    guard path.hasPrefix("/usr/share/doc/") else { return nil }
    if path.hasSuffix("/changelog.Debian.gz") { return 2 }
    return path.hasSuffix("/changelog.gz") ? 1 : nil
  }

  /// The beginning of the text, as far as it can be decoded.
  static func text(of compressed: [UInt8]) -> [UInt8] {
    var rest = compressed[...]
    let source = ByteReader(member: "changelog") { maximum in
      let piece = rest.prefix(maximum)
      rest = rest.dropFirst(piece.count)
      return Array(piece)
    }
    var text: [UInt8] = []
    guard let decoder = try? Decompressor(CDEC_GZIP, source: source, outputLimit: UInt64.max) else { return [] }
    while text.count < longestText, let piece = try? decoder.next(ByteReader.chunkSize), !piece.isEmpty {
      text += piece
    }
    return text
  }
}
