/// Reads one JSON text (RFC 8259), nested at most `depthLimit` deep.
struct JSONReader {
  struct Failure: Error {
    let message: String
    let offset: Int
  }

  private let bytes: [UInt8]
  private var position = 0
  private static let depthLimit = 128

  static func read(_ bytes: [UInt8]) throws(Failure) -> JSON {
    var reader = JSONReader(bytes: bytes)
    let value = try reader.value(depth: 0)
    reader.skipBlanks()
    guard reader.position == bytes.count else { throw reader.fail("unexpected text after the value") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func fail(_ message: String) -> Failure { Failure(message: message, offset: position) }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipBlanks() {
    while let byte = current, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    guard let byte = current, byte == character.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(Failure) -> JSON {
    guard depth < Self.depthLimit else { throw fail("nested too deep") }
    skipBlanks()
    guard let byte = current else { throw fail("expected a value, found the end") }
    switch byte {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func word(_ text: String, _ value: JSON) throws(Failure) -> JSON {
    guard bytes[position...].starts(with: text.utf8) else { throw fail("expected a value") }
    position += text.utf8.count
    return value
  }

  private mutating func number() throws(Failure) -> JSON {
    let start = position
    while let byte = current, (0x30...0x39).contains(byte) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains(byte) {
      position += 1
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    guard Double(text) != nil else { throw fail("expected a value") }
    return .number(text)
  }

  private mutating func array(depth: Int) throws(Failure) -> JSON {
    position += 1
    var elements: [JSON] = []
    skipBlanks()
    if take("]") { return .array(elements) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipBlanks()
      if take("]") { return .array(elements) }
      guard take(",") else { throw fail("expected `,` or `]`") }
    }
  }

  private mutating func object(depth: Int) throws(Failure) -> JSON {
    position += 1
    var members: [(name: String, value: JSON)] = []
    skipBlanks()
    if take("}") { return .object(members) }
    while true {
      skipBlanks()
      guard current == UInt8(ascii: "\"") else { throw fail("expected a name") }
      let name = try string()
      skipBlanks()
      guard take(":") else { throw fail("expected `:`") }
      members.append((name, try value(depth: depth + 1)))
      skipBlanks()
      if take("}") { return .object(members) }
      guard take(",") else { throw fail("expected `,` or `}`") }
    }
  }

  private mutating func string() throws(Failure) -> String {
    position += 1
    var output: [UInt8] = []
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: output, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &output)
      case 0..<0x20: throw fail("a control character in a string")
      default: output.append(byte)
      }
    }
    throw fail("a string is not closed")
  }

  private mutating func escape(into output: inout [UInt8]) throws(Failure) {
    guard let byte = current else { throw fail("a string is not closed") }
    position += 1
    switch byte {
    case UInt8(ascii: "n"): output.append(0x0A)
    case UInt8(ascii: "t"): output.append(0x09)
    case UInt8(ascii: "r"): output.append(0x0D)
    case UInt8(ascii: "b"): output.append(0x08)
    case UInt8(ascii: "f"): output.append(0x0C)
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): output.append(byte)
    case UInt8(ascii: "u"): output += String(try codePoint()).utf8
    default: throw fail("an unknown escape")
    }
  }

  /// One code point from one `\u` escape or two; a lone half of a pair becomes U+FFFD.
  private mutating func codePoint() throws(Failure) -> Unicode.Scalar {
    let first = try codeUnit()
    guard first & 0xFC00 == 0xD800 else { return Unicode.Scalar(first) ?? "\u{FFFD}" }
    let rest = position
    guard take("\\"), take("u") else {
      position = rest
      return "\u{FFFD}"
    }
    let second = try codeUnit()
    guard second & 0xFC00 == 0xDC00 else {
      position = rest
      return "\u{FFFD}"
    }
    return Unicode.Scalar(0x10000 + (first & 0x3FF) << 10 + (second & 0x3FF)) ?? "\u{FFFD}"
  }

  private mutating func codeUnit() throws(Failure) -> UInt32 {
    let digits = String(decoding: bytes[position..<min(position + 4, bytes.count)], as: UTF8.self)
    guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16) else {
      throw fail("`\\u` wants four digits")
    }
    position += 4
    return value
  }
}
