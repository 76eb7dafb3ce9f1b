/// One member of an `ar` archive.
struct ArMember {
  var name: String
  var size: UInt64
}

/// Reads the members of an `ar` archive in order. Source: `deb(5)` and `ar(5)` of Debian's dpkg.
final class ArReader {
  private static let magic = Array("!<arch>\n".utf8)
  private static let headerSize = 60

  private let source: ByteReader
  private var remaining: UInt64 = 0
  private var hasPadding = false

  /// - Throws: ``ArchiveError`` if the bytes do not start as an `ar` archive does.
  init(source: ByteReader) throws {
    self.source = source
    guard try source.upTo(Self.magic.count) == Self.magic else {
      throw source.error(.notADebianArchive, "this is no .deb: it does not start with `!<arch>`")
    }
  }

  /// The next member, after what is left of the one before; nil at the end.
  func next() throws -> ArMember? {
    try source.forward(remaining, of: "a member")
    remaining = 0
    // A member of odd size is followed by a byte that the end of the archive may lack.
    if hasPadding { _ = try source.upTo(1) }
    hasPadding = false
    let header = try source.upTo(Self.headerSize)
    if header.isEmpty { return nil }
    guard header.count == Self.headerSize else {
      throw source.error(.truncated, "the bytes end within a member's header")
    }
    guard header[58] == 0x60, header[59] == 0x0A else { throw source.error(.malformed, "a member's header is broken") }
    let name = memberName(header[..<16])
    guard let size = Self.decimal(header[48..<58]) else {
      throw source.error(.malformed, "the size of member `\(name)` is no number")
    }
    remaining = size
    hasPadding = size % 2 == 1
    return ArMember(name: name, size: size)
  }

  /// A reader of the current member's bytes. It ends with the member, or throws if the .deb ends first.
  func reader(of member: ArMember) -> ByteReader {
    ByteReader { [self] maximum in
      guard remaining > 0 else { return [] }
      let piece = try source.some(atMost: Int(min(remaining, UInt64(max(maximum, 0)))))
      if piece.isEmpty { throw source.error(.truncated, "the bytes end within member `\(member.name)`") }
      remaining -= UInt64(piece.count)
      return Array(piece)
    }
  }

  private func memberName(_ field: ArraySlice<UInt8>) -> String {
    var name = field
    while name.last == 0x20 { name.removeLast() }
    if name.last == UInt8(ascii: "/") { name.removeLast() }
    return String(decoding: name, as: UTF8.self)
  }

  /// The value of a decimal field padded with spaces; nil if it holds anything else.
  private static func decimal(_ field: ArraySlice<UInt8>) -> UInt64? {
    var digits = field
    while digits.last == 0x20 { digits.removeLast() }
    guard !digits.isEmpty, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    return UInt64(String(decoding: digits, as: UTF8.self))
  }
}
