/// Splits an expression into tokens, in one pass over its UTF-8.
struct Lexer {
  let bytes: [UInt8]
  var position = 0
  var log: IssueLog

  init(source: SourceText) {
    bytes = Array(source.text.utf8)
    log = IssueLog(source: source, phase: .parse)
  }

  mutating func tokens() -> [Token] {
    var result: [Token] = []
    while true {
      let token = next()
      if token.kind != .invalid { result.append(token) }
      if token.kind == .end { return result }
    }
  }

  mutating func next() -> Token {
    skipBlanks()
    let start = position
    guard let byte = peek() else { return token(.end, from: start) }
    if Self.isLetter(byte) { return wordOrLiteral() }
    if Self.isDigit(byte) || byte == UInt8(ascii: ".") && Self.isDigit(peek(1)) { return number() }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") { return quoted(.string, from: start, isRaw: false) }
    if byte == UInt8(ascii: "`") { return backticked() }
    return symbol()
  }

  func peek(_ offset: Int = 0) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  func token(_ kind: Token.Kind, from start: Int) -> Token {
    Token(kind: kind, range: SourceRange(lower: start, upper: position))
  }

  mutating func fail(_ message: String, from start: Int) -> Token {
    log.report(message, at: SourceRange(lower: start, upper: position))
    return token(.invalid, from: start)
  }

  private mutating func skipBlanks() {
    while let byte = peek() {
      if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
      } else if [0x20, 0x09, 0x0A, 0x0C, 0x0D].contains(byte) {
        position += 1
      } else {
        return
      }
    }
  }

  /// A name, or a string that begins with the letters r and b.
  private mutating func wordOrLiteral() -> Token {
    let start = position
    while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) { position += 1 }
    let prefix = bytes[start..<position].map { $0 | 0x20 }
    if let quote = peek(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"), prefix.count <= 2 {
      let letters = Set(prefix)
      let isPrefix = letters.count == prefix.count && letters.isSubset(of: [UInt8(ascii: "r"), UInt8(ascii: "b")])
      if isPrefix {
        let kind: Token.Kind = letters.contains(UInt8(ascii: "b")) ? .bytes : .string
        return quoted(kind, from: start, isRaw: letters.contains(UInt8(ascii: "r")))
      }
    }
    return token(.identifier, from: start)
  }

  private mutating func symbol() -> Token {
    let start = position
    for length in [2, 1] where position + length <= bytes.count {
      let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
      guard let symbol = Token.Symbol(rawValue: text) else { continue }
      // INVARIANT: `.?` followed by a digit cannot occur in a valid expression, so it needs no look-ahead.
      position += length
      return token(.symbol(symbol), from: start)
    }
    position += 1
    while let byte = peek(), byte & 0xC0 == 0x80 { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return fail("`\(text)` is not part of the language; remove it or put it in quotes", from: start)
  }

  static func isLetter(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return byte == UInt8(ascii: "_") || (0x61...0x7A).contains(byte | 0x20) && byte < 0x80
  }

  static func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (0x30...0x39).contains(byte)
  }

  static func isHexDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return isDigit(byte) || (0x61...0x66).contains(byte | 0x20)
  }
}
