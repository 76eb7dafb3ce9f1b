extension CanonicalJSONReader {
  /// Reads from the quote at the position to the one that ends the string.
  mutating func string() throws(LedgerLogError) {
    position += 1
    let start = position
    var (isEscaped, seen) = (false, UInt8(0))
    skipPlain()
    while current != UInt8(ascii: "\"") {
      let byte = current
      guard byte >= 0x20 else { throw failure("a control character or the end in a string") }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        try escape()
      } else {
        seen |= byte
        position += 1
      }
    }
    // An escape is ASCII, so that it is no part of another character, and what it stands for is ASCII, too.
    if seen >= 0x80, String(validating: bytes[start..<position], as: UTF8.self) == nil { throw failure("not UTF-8") }
    let (first, last) = (UInt32(truncatingIfNeeded: start), UInt32(truncatingIfNeeded: position))
    tokens.append(isEscaped ? .escapedString(start: first, end: last) : .string(start: first, end: last))
    position += 1
  }

  /// Steps over characters that need no look, eight at a time: ASCII but for control characters, quotes and backslashes.
  private mutating func skipPlain() {
    let (ones, tops): (UInt64, UInt64) = (0x0101_0101_0101_0101, 0x8080_8080_8080_8080)
    /// The top bit of each byte that is zero, and perhaps of one after such a byte.
    func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }
    let text = UnsafeRawBufferPointer(bytes)
    while end - position >= 8 {
      let word = text.loadUnaligned(fromByteOffset: position, as: UInt64.self)
      let controls = (word &- ones &* 0x20) & ~word & tops
      let marks = zeros(word ^ ones &* UInt64(UInt8(ascii: "\""))) | zeros(word ^ ones &* UInt64(UInt8(ascii: "\\")))
      if (word & tops) | controls | marks != 0 { return }
      position += 8
    }
  }

  /// Only what must be escaped is, in the shortest form: RFC 8785, section 3.2.2.2.
  private mutating func escape() throws(LedgerLogError) {
    position += 1
    let letter = current
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "b"), UInt8(ascii: "t"), UInt8(ascii: "n"),
      UInt8(ascii: "f"), UInt8(ascii: "r"):
      return
    case UInt8(ascii: "u"): try controlCharacter()
    default: throw failure("no such escape")
    }
  }

  /// `00XX`: a control character that has no shorter escape.
  private mutating func controlCharacter() throws(LedgerLogError) {
    guard end - position >= 4, bytes[position] == 0x30, bytes[position + 1] == 0x30,
      let value = CanonicalText.controlCharacter(bytes[position + 2], bytes[position + 3]),
      ![0x08, 0x09, 0x0A, 0x0C, 0x0D].contains(value)
    else { throw failure("an escape of a character that needs none, or not its shortest") }
    position += 4
  }

  /// A whole number of at most 2^53 - 1, or another number in ECMAScript's words.
  mutating func number() throws(LedgerLogError) {
    let start = position
    if let whole = shortNumber() { return tokens.append(.int(whole)) }
    position = start
    let characters: (UInt8) -> Bool = { (0x30...0x39).contains($0) || "+-.e".utf8.contains($0) }
    while characters(current) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if let whole = Int64(text), whole.magnitude <= 9_007_199_254_740_991, String(whole) == text {
      return tokens.append(.int(whole))
    }
    guard let number = Double(text), number.isFinite, CanonicalNumber.text(of: number) == text else {
      throw failure("no value begins here, or a number that is not in its shortest form")
    }
    tokens.append(.double(number))
  }

  /// Digits that are no more than a whole number of at most 15 places, without a zero before them; nearly all are that.
  private mutating func shortNumber() -> Int64? {
    let start = position
    var number: Int64 = 0
    while case 0x30...0x39 = current, position - start < 16 {
      number = number * 10 + Int64(current - 0x30)
      position += 1
    }
    let isLonger = current == UInt8(ascii: ".") || current == UInt8(ascii: "e")
    guard 1...15 ~= position - start, !isLonger, bytes[start] != 0x30 || position - start == 1 else { return nil }
    return number
  }
}
