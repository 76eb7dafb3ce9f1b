internal import GateModel

extension CanonicalJSONReader {
  /// Reads from the quote at the position to the one that ends the string.
  mutating func string() throws(LedgerLogError) -> String {
    position += 1
    let start = position
    while current >= 0x20, current != UInt8(ascii: "\""), current != UInt8(ascii: "\\") { position += 1 }
    if current == UInt8(ascii: "\"") {
      position += 1
      return try text(bytes[start..<position - 1])
    }
    return try escapedString(from: start)
  }

  private mutating func escapedString(from start: Int) throws(LedgerLogError) -> String {
    var unescaped = Array(bytes[start..<position])
    while current != UInt8(ascii: "\"") {
      guard current >= 0x20 else { throw failure("a control character or the end in a string") }
      if current == UInt8(ascii: "\\") {
        unescaped.append(try escape())
      } else {
        unescaped.append(current)
        position += 1
      }
    }
    position += 1
    return try text(unescaped[...])
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(LedgerLogError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw failure("not UTF-8") }
    return text
  }

  /// Only what must be escaped is, in the shortest form: RFC 8785, section 3.2.2.2.
  private mutating func escape() throws(LedgerLogError) -> UInt8 {
    let letter = position + 1 < bytes.count ? bytes[position + 1] : 0
    position += 2
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "u"): return try controlCharacter()
    default: throw failure("no such escape")
    }
  }

  /// `00XX`: a control character that has no shorter escape.
  private mutating func controlCharacter() throws(LedgerLogError) -> UInt8 {
    let digits = bytes.dropFirst(position).prefix(4)
    let lowerCase = digits.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    guard digits.count == 4, lowerCase, let value = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
      value < 0x20, ![0x08, 0x09, 0x0A, 0x0C, 0x0D].contains(value)
    else { throw failure("an escape of a character that needs none, or not its shortest") }
    position += 4
    return UInt8(value)
  }

  /// A whole number of at most 2^53 - 1, or another number in ECMAScript's words.
  mutating func number() throws(LedgerLogError) -> JSONValue {
    let start = position
    let characters: (UInt8) -> Bool = { (0x30...0x39).contains($0) || "+-.e".utf8.contains($0) }
    while characters(current) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if let whole = Int64(text), whole.magnitude <= 9_007_199_254_740_991, String(whole) == text { return .int(whole) }
    guard let number = Double(text), number.isFinite, CanonicalNumber.text(of: number) == text else {
      throw failure("no value begins here, or a number that is not in its shortest form")
    }
    return .double(number)
  }
}
