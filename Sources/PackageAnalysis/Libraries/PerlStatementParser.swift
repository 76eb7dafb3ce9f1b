/// Reads the statements that are understood, from their tokens.
struct PerlStatementParser {
  private var rest: ArraySlice<PerlToken>
  private let all: [PerlToken]
  private let hash: String

  init(tokens: [PerlToken], hash: String) {
    all = tokens
    rest = tokens[...]
    self.hash = hash
  }

  /// The key of `{key}` or `->{key}` at the start of `tokens`.
  static func key(in tokens: ArraySlice<PerlToken>) -> String? {
    var tokens = tokens
    if tokens.starts(with: arrow) { tokens = tokens.dropFirst(2) }
    guard tokens.first == .symbol(UInt8(ascii: "{")), tokens.dropFirst(2).first == .symbol(UInt8(ascii: "}")) else {
      return nil
    }
    switch tokens.dropFirst().first {
    case .word(let key), .text(let key): return key
    default: return nil
    }
  }

  /// `$hash{key} = VALUE` or `$hash{key}{MEMBER} = VALUE`.
  mutating func assignment() -> PerlStatement? {
    rest = all[...]
    guard take(.scalar(hash)), let key = takeKey() else { return nil }
    var member: PerlSettings.Value?
    if Self.isSubscript(rest) {
      _ = takeArrow()
      guard take("{"), let value = value(), take("}") else { return nil }
      member = value
    }
    guard take("="), let value = value(), rest.isEmpty else { return nil }
    guard let member else { return .set(key, value) }
    return .setMember(key, PerlSettings.Pair(key: member, value: value))
  }

  /// `push @{$hash{key}}, VALUE, ...`, with or without brackets around.
  mutating func push() -> PerlStatement? {
    rest = all[...]
    guard take(.word("push")) else { return nil }
    let isBracketed = take("(")
    guard take("@"), take("{"), take(.scalar(hash)), let key = takeKey(), take("}"), take(",") else { return nil }
    guard let values = values(to: isBracketed ? ")" : nil), rest.isEmpty else { return nil }
    return .append(key, values)
  }

  private static let arrow: [PerlToken] = [.symbol(UInt8(ascii: "-")), .symbol(UInt8(ascii: ">"))]

  private static func isSubscript(_ tokens: ArraySlice<PerlToken>) -> Bool {
    tokens.first == .symbol(UInt8(ascii: "{")) || tokens.starts(with: arrow)
  }

  private mutating func takeKey() -> String? {
    guard let key = Self.key(in: rest) else { return nil }
    rest = rest.dropFirst(rest.starts(with: Self.arrow) ? 5 : 3)
    return key
  }

  private mutating func takeArrow() -> Bool {
    guard rest.starts(with: Self.arrow) else { return false }
    rest = rest.dropFirst(2)
    return true
  }

  private mutating func take(_ token: PerlToken) -> Bool {
    guard rest.first == token else { return false }
    rest = rest.dropFirst()
    return true
  }

  private mutating func take(_ symbol: Unicode.Scalar) -> Bool { take(.symbol(UInt8(ascii: symbol))) }

  private mutating func value() -> PerlSettings.Value? {
    guard let token = rest.popFirst() else { return nil }
    switch token {
    case .text(let text): return .text(text)
    case .pattern(let pattern): return .pattern(pattern)
    case .word("undef"): return .undefined
    // A bare word is a text only before `=>`, or alone between braces.
    case .word(let word) where rest.starts(with: Self.fatComma) || rest.first == .symbol(UInt8(ascii: "}")):
      return .text(word)
    case .symbol(UInt8(ascii: "-")):
      guard case .text(let number) = rest.popFirst() else { return nil }
      return .text("-\(number)")
    case .symbol(UInt8(ascii: "[")): return values(to: "]").map { .list($0) }
    case .symbol(UInt8(ascii: "{")): return pairs()
    default: return nil
    }
  }

  private static let fatComma: [PerlToken] = [.symbol(UInt8(ascii: "=")), .symbol(UInt8(ascii: ">"))]

  /// Values with commas between, and after the last one if need be, up to `end` or to the end of the statement.
  private mutating func values(to end: Unicode.Scalar?) -> [PerlSettings.Value]? {
    var values: [PerlSettings.Value] = []
    while true {
      if let end { if take(end) { return values } } else if rest.isEmpty { return values }
      if case .words(let words) = rest.first {
        rest = rest.dropFirst()
        values += words.map { .text($0) }
      } else {
        guard let value = value() else { return nil }
        values.append(value)
      }
      if take(",") { continue }
      if let end { return take(end) ? values : nil }
      return rest.isEmpty ? values : nil
    }
  }

  private mutating func pairs() -> PerlSettings.Value? {
    var pairs: [PerlSettings.Pair] = []
    while !take("}") {
      guard let key = value(), takeFatComma(), let value = value() else { return nil }
      pairs.removeAll { $0.key == key }
      pairs.append(PerlSettings.Pair(key: key, value: value))
      if !take(","), rest.first != .symbol(UInt8(ascii: "}")) { return nil }
    }
    return .pairs(pairs)
  }

  private mutating func takeFatComma() -> Bool {
    guard rest.starts(with: Self.fatComma) else { return take(",") }
    rest = rest.dropFirst(2)
    return true
  }
}
