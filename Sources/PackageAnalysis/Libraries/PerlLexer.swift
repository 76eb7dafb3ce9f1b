/// Splits the Perl of a configuration file into tokens, with the line of each.
///
/// Source: perlop(1), "Quote and Quote-like Operators"; perlpod(1). It knows quotes, patterns, comments and POD; what
/// it does not know comes out as symbols, which the reader of statements does not understand and says so.
struct PerlLexer {
  struct Located: Hashable {
    var token: PerlToken
    var line: Int
  }

  private let bytes: [UInt8]
  private var position = 0
  private var line = 1

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Every token up to the end, or to `__END__`.
  static func tokens(of bytes: [UInt8]) -> [Located] {
    var lexer = PerlLexer(bytes)
    var tokens: [Located] = []
    while let next = lexer.next() {
      if next.token == .word("__END__") || next.token == .word("__DATA__") { break }
      tokens.append(next)
    }
    return tokens
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func advance() {
    if current == 0x0A { line += 1 }
    position += 1
  }

  private mutating func next() -> Located? {
    skipBlank()
    guard let byte = current else { return nil }
    let start = line
    return Located(token: token(byte), line: start)
  }

  private mutating func token(_ byte: UInt8) -> PerlToken {
    if byte == UInt8(ascii: "'") {
      let found = quoted(isRaw: true)
      return found.isInterpolated ? .opaque : .text(found.text)
    }
    if byte == UInt8(ascii: "\"") {
      let found = quoted(isRaw: false)
      return found.isInterpolated ? .opaque : .text(found.text)
    }
    if byte == UInt8(ascii: "$"), let after = peek(1), Self.startsName(after) {
      advance()
      return .scalar(name())
    }
    if Self.startsName(byte) { return word() }
    if Self.isDigit(byte) { return .text(name()) }
    advance()
    return .symbol(byte)
  }

  private mutating func word() -> PerlToken {
    let word = name()
    guard ["q", "qq", "qr", "qw"].contains(word), let opener = quoteOpener() else { return .word(word) }
    let found = delimited(by: opener, isRaw: word == "q" || word == "qw" || opener == UInt8(ascii: "'"))
    switch word {
    case "q", "qq": return found.isInterpolated ? .opaque : .text(found.text)
    case "qw":
      return found.isInterpolated ? .opaque : .words(found.text.split(whereSeparator: \.isWhitespace).map(String.init))
    default:
      let flags = current.map(Self.startsName) == true ? name() : ""
      return !found.isInterpolated ? .pattern(PerlPattern(text: found.raw, flags: flags)) : .opaque
    }
  }

  /// The delimiter that opens a quote-like operator here; nil if it is a plain word, such as a key before `=>`.
  private mutating func quoteOpener() -> UInt8? {
    let before = (position, line)
    while let byte = current, Self.isBlank(byte) { advance() }
    guard let opener = current, !Self.startsName(opener), !Self.isDigit(opener), opener != UInt8(ascii: ","),
      opener != UInt8(ascii: ";"), opener != UInt8(ascii: "}"),
      !(opener == UInt8(ascii: "=") && peek(1) == UInt8(ascii: ">")),
      !(opener == UInt8(ascii: "#") && position != before.0)
    else {
      (position, line) = before
      return nil
    }
    return opener
  }

  private mutating func quoted(isRaw: Bool) -> Quoted { delimited(by: bytes[position], isRaw: isRaw) }

  private mutating func name() -> String {
    let start = position
    while let byte = current, Self.startsName(byte) || Self.isDigit(byte) { position += 1 }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private func peek(_ distance: Int) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  /// Blanks, comments, and POD, which begins with `=` and a letter at the start of a line.
  private mutating func skipBlank() {
    while let byte = current {
      let startsLine = position == 0 || bytes[position - 1] == 0x0A
      if startsLine, byte == UInt8(ascii: "="), peek(1).map(Self.startsName) == true {
        skipPod()
      } else if byte == UInt8(ascii: "#") {
        skipLine()
      } else if Self.isBlank(byte) {
        advance()
      } else {
        return
      }
    }
  }

  private mutating func skipLine() {
    while current != nil, current != 0x0A { advance() }
  }

  private mutating func skipPod() {
    while current != nil {
      let isEnd = bytes[position...].starts(with: Array("=cut".utf8))
      skipLine()
      if current != nil { advance() }
      if isEnd { return }
    }
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  static func startsName(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_")
  }
}

extension PerlLexer {
  /// What stands between two delimiters.
  struct Quoted {
    /// As it was written.
    var raw = ""
    /// With the delimiters' and the backslash's own escapes undone.
    var text = ""
    /// Whether its value is not plain: it depends on variables, or nothing closes it.
    var isInterpolated = false
  }

  /// Reads from the opening delimiter to past the closing one; brackets nest.
  fileprivate mutating func delimited(by opener: UInt8, isRaw: Bool) -> Quoted {
    let closer = Self.closer(of: opener)
    var raw: [UInt8] = []
    var text: [UInt8] = []
    var result = Quoted()
    var depth = 1
    advance()
    while let byte = current {
      if byte == UInt8(ascii: "\\"), let escaped = peek(1) {
        raw += [byte, escaped]
        let isOwn = escaped == opener || escaped == closer || escaped == byte
        text += isOwn ? [escaped] : [byte, escaped]
        // In a double-quoted text every other escape stands for something else.
        if !isRaw, !isOwn { result.isInterpolated = result.isInterpolated || opener == UInt8(ascii: "\"") }
        advance()
        advance()
        continue
      }
      if byte == closer { depth -= 1 } else if byte == opener { depth += 1 }
      if depth == 0 { break }
      if interpolates(byte), !isRaw { result.isInterpolated = true }
      raw.append(byte)
      text.append(byte)
      advance()
    }
    if current != nil { advance() } else { result.isInterpolated = true }
    result.raw = String(decoding: raw, as: UTF8.self)
    result.text = String(decoding: text, as: UTF8.self)
    return result
  }

  /// Source: perlop(1), "Gory details of parsing quoted constructs": `$)`, `$|` and `@-` are left alone in patterns.
  private func interpolates(_ byte: UInt8) -> Bool {
    guard byte == UInt8(ascii: "$") || byte == UInt8(ascii: "@"), let after = peek(1) else { return false }
    return Self.startsName(after) || after == UInt8(ascii: "{") || after == UInt8(ascii: ":")
      || (after == UInt8(ascii: "$"))
  }

  private static func closer(of opener: UInt8) -> UInt8 {
    switch opener {
    case UInt8(ascii: "("): UInt8(ascii: ")")
    case UInt8(ascii: "["): UInt8(ascii: "]")
    case UInt8(ascii: "{"): UInt8(ascii: "}")
    case UInt8(ascii: "<"): UInt8(ascii: ">")
    default: opener
    }
  }
}
