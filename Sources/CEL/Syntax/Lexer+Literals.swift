extension Lexer {
  mutating func number() -> Token {
    let start = position
    if peek() == UInt8(ascii: "0"), let x = peek(1), x | 0x20 == UInt8(ascii: "x"), Self.isHexDigit(peek(2)) {
      position += 2
      while Self.isHexDigit(peek()) { position += 1 }
      return integerEnd(from: start)
    }
    while Self.isDigit(peek()) { position += 1 }
    var isDouble = false
    if peek() == UInt8(ascii: "."), Self.isDigit(peek(1)) {
      isDouble = true
      position += 1
      while Self.isDigit(peek()) { position += 1 }
    }
    if takeExponent() { isDouble = true }
    return isDouble ? numberEnd(.double, from: start) : integerEnd(from: start)
  }

  private mutating func takeExponent() -> Bool {
    guard let e = peek(), e | 0x20 == UInt8(ascii: "e") else { return false }
    let sign = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-") ? 1 : 0
    guard Self.isDigit(peek(1 + sign)) else { return false }
    position += 1 + sign
    while Self.isDigit(peek()) { position += 1 }
    return true
  }

  private mutating func integerEnd(from start: Int) -> Token {
    guard let suffix = peek(), suffix | 0x20 == UInt8(ascii: "u") else { return numberEnd(.int, from: start) }
    position += 1
    return numberEnd(.uint, from: start)
  }

  private mutating func numberEnd(_ kind: Token.Kind, from start: Int) -> Token {
    guard Self.isLetter(peek()) else { return token(kind, from: start) }
    while Self.isLetter(peek()) || Self.isDigit(peek()) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    log.report("`\(text)` is not a number", at: SourceRange(lower: start, upper: position))
    return token(.int, from: start)
  }

  /// A string or bytes literal from its opening quote on; `start` is where its prefix begins.
  mutating func quoted(_ kind: Token.Kind, from start: Int, isRaw: Bool) -> Token {
    let quote = bytes[position]
    let isTriple = peek(1) == quote && peek(2) == quote
    position += isTriple ? 3 : 1
    while let byte = peek() {
      if byte == quote, !isTriple || peek(1) == quote && peek(2) == quote {
        position += isTriple ? 3 : 1
        return token(kind, from: start)
      }
      if !isTriple, byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      position += byte == UInt8(ascii: "\\") && !isRaw && position + 1 < bytes.count ? 2 : 1
    }
    log.report("the string is not closed", at: SourceRange(lower: start, upper: position))
    return token(kind, from: start)
  }

  mutating func backticked() -> Token {
    let start = position
    position += 1
    while let byte = peek(), byte != UInt8(ascii: "`"), byte != UInt8(ascii: "\n") {
      let isAllowed = Self.isLetter(byte) || Self.isDigit(byte) || [0x20, 0x2D, 0x2E, 0x2F].contains(byte)
      position += 1
      if !isAllowed {
        while let byte = peek(), byte & 0xC0 == 0x80 { position += 1 }
        log.report(
          "a field name in backticks has letters, digits, `_`, `.`, `-`, `/` and spaces only",
          at: SourceRange(lower: position - 1, upper: position))
      }
    }
    guard peek() == UInt8(ascii: "`"), position > start + 1 else {
      return fail("a field name in backticks is not closed or is empty", from: start)
    }
    position += 1
    return token(.quotedIdentifier, from: start)
  }
}
