/// Turns the text of a string or bytes literal into its value.
struct LiteralDecoder {
  struct Failure: Error {
    let message: String
    /// Offset within the literal.
    let offset: Int
  }

  private let text: [UInt8]
  private let isBytes: Bool
  private var isRaw: Bool
  private var position: Int
  private var end: Int
  private var output: [UInt8] = []

  /// `text` is the whole literal with prefix and quotes, as the lexer found it.
  init(_ text: [UInt8], isBytes: Bool) {
    self.text = text
    self.isBytes = isBytes
    let prefix = text.prefix { $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: "\"") }
    isRaw = prefix.contains { $0 | 0x20 == UInt8(ascii: "r") }
    position = prefix.count
    let isTriple =
      text.count >= position + 6 && text[position + 1] == text[position] && text[position + 2] == text[position]
    let quotes = isTriple ? 3 : 1
    position += quotes
    end = max(position, text.count - quotes)
    position = min(position, text.count)
    end = min(end, text.count)
  }

  mutating func decode() throws(Failure) -> [UInt8] {
    if isRaw { return Array(text[position..<end]) }
    while position < end {
      let byte = text[position]
      position += 1
      if byte == UInt8(ascii: "\\") { try escape() } else { output.append(byte) }
    }
    return output
  }

  private static let simple: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 0x07, UInt8(ascii: "b"): 0x08, UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09, UInt8(ascii: "v"): 0x0B, UInt8(ascii: "\\"): 0x5C,
    UInt8(ascii: "?"): 0x3F, UInt8(ascii: "\""): 0x22, UInt8(ascii: "'"): 0x27, UInt8(ascii: "`"): 0x60,
  ]

  private mutating func escape() throws(Failure) {
    let start = position - 1
    guard position < end else { throw Failure(message: "the string ends in a lone `\\`", offset: start) }
    let byte = text[position]
    position += 1
    if let plain = Self.simple[byte] {
      output.append(plain)
      return
    }
    switch byte {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): try append(digits(2, radix: 16, start), start)
    case UInt8(ascii: "u") where !isBytes: try append(digits(4, radix: 16, start), start)
    case UInt8(ascii: "U") where !isBytes: try append(digits(8, radix: 16, start), start)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      position -= 1
      try append(digits(3, radix: 8, start), start)
    default: throw Failure(message: "unknown escape; write `\\\\` for a backslash", offset: start)
    }
  }

  private mutating func digits(_ count: Int, radix: Int, _ start: Int) throws(Failure) -> UInt32 {
    let digits = text[position..<min(end, position + count)]
    let spelled = String(decoding: digits, as: UTF8.self)
    guard digits.count == count, digits.allSatisfy({ Lexer.isHexDigit($0) }), let value = UInt32(spelled, radix: radix)
    else { throw Failure(message: "the escape wants \(count) digits", offset: start) }
    position += count
    return value
  }

  private mutating func append(_ code: UInt32, _ start: Int) throws(Failure) {
    if isBytes {
      output.append(UInt8(truncatingIfNeeded: code))
      return
    }
    guard let scalar = Unicode.Scalar(code) else {
      throw Failure(message: "the escape is not a Unicode code point", offset: start)
    }
    output.append(contentsOf: UTF8.encode(scalar).map { Array($0) } ?? [])
  }
}
