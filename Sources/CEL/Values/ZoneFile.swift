import Glibc

/// Reads a file of the time zone database (RFC 8536).
enum ZoneFile {
  private static let directory = "/usr/share/zoneinfo/"
  /// The largest zone has under 4 KB; more is no zone.
  private static let sizeLimit = 64 * 1024

  static func read(_ name: String) -> TimeZoneRules? {
    guard isName(name), let bytes = contents(directory + name) else { return nil }
    return parse(bytes)
  }

  /// Letters, digits and the signs zone names have, in parts that do not begin with a point: never a way out.
  private static func isName(_ name: String) -> Bool {
    guard (1...64).contains(name.utf8.count) else { return false }
    let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { Lexer.isLetter($0) || Lexer.isDigit($0) || $0 == 0x2B || $0 == 0x2D }
    }
  }

  private static func contents(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    var buffer = [UInt8](repeating: 0, count: sizeLimit + 1)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    guard count > 0, count <= sizeLimit else { return nil }
    return Array(buffer.prefix(count))
  }

  /// The second block, with 64-bit times, and the rule in the footer.
  static func parse(_ bytes: [UInt8]) -> TimeZoneRules? {
    guard let first = Header(bytes, at: 0), first.version >= UInt8(ascii: "2") else { return nil }
    let start = Header.size + first.length(timeSize: 4)
    guard let header = Header(bytes, at: start) else { return nil }
    let times = start + Header.size
    let indexes = times + header.timeCount * 8
    let types = indexes + header.timeCount
    let end = start + Header.size + header.length(timeSize: 8)
    guard header.typeCount > 0, end <= bytes.count else { return nil }
    func offset(_ type: Int) -> Int64? {
      type < header.typeCount ? Int64(Int32(truncatingIfNeeded: Header.number(bytes, types + type * 6, 4))) : nil
    }
    let changes = (0..<header.timeCount).map { Header.number(bytes, times + $0 * 8, 8) }
    let offsets = (0..<header.timeCount).compactMap { offset(Int(bytes[indexes + $0])) }
    guard offsets.count == changes.count, let initial = offset(0) else { return nil }
    let footer = String(decoding: bytes[end...].split(separator: 0x0A).first ?? [], as: UTF8.self)
    return TimeZoneRules(
      changes: changes, offsets: offsets, initialOffset: initial, rule: RecurringZoneRule(text: footer))
  }

  private struct Header {
    static let size = 44
    let version: UInt8
    let utcCount: Int
    let standardCount: Int
    let leapCount: Int
    let timeCount: Int
    let typeCount: Int
    let nameLength: Int

    init?(_ bytes: [UInt8], at start: Int) {
      guard start >= 0, start + Self.size <= bytes.count, bytes[start..<start + 4].elementsEqual("TZif".utf8) else {
        return nil
      }
      version = bytes[start + 4]
      let counts = (0..<6).map { Int(Header.number(bytes, start + 20 + $0 * 4, 4)) }
      guard counts.allSatisfy({ (0...ZoneFile.sizeLimit).contains($0) }) else { return nil }
      (utcCount, standardCount, leapCount) = (counts[0], counts[1], counts[2])
      (timeCount, typeCount, nameLength) = (counts[3], counts[4], counts[5])
    }

    func length(timeSize: Int) -> Int {
      timeCount * (timeSize + 1) + typeCount * 6 + nameLength + leapCount * (timeSize + 4) + standardCount + utcCount
    }

    /// A big-endian number.
    static func number(_ bytes: [UInt8], _ start: Int, _ size: Int) -> Int64 {
      Int64(bitPattern: bytes[start..<start + size].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
  }
}
