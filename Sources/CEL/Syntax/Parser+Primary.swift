extension Parser {
  mutating func primary() -> Expression {
    let token = current
    switch token.kind {
    case .int, .uint, .double: return numberLiteral(sign: nil)
    case .string, .bytes: return textLiteral()
    case .identifier: return identifier(isAbsolute: false, from: token)
    case .symbol(.leftParen): return parenthesized()
    case .symbol(.leftBracket): return list()
    case .symbol(.leftBrace): return map()
    case .symbol(.dot):
      position += 1
      if current.kind == .identifier { return identifier(isAbsolute: true, from: token) }
      return unexpected("expected a name after `.`, found \(currentText)")
    default: return unexpected("expected a value, found \(currentText)")
    }
  }

  /// Reports, steps over operators that stand where a value should, and reads the value after them, if any.
  mutating func unexpected(_ message: String) -> Expression {
    let token = current
    report(message, at: token)
    while isMisplaced(current) { position += 1 }
    if position > 0, isMisplaced(tokens[position - 1]), startsValue(current) { return primary() }
    return make(.invalid, from: token.range.lower, anchor: token.range)
  }

  /// Whether a token is neither the beginning of a value nor something an enclosing part waits for.
  private func isMisplaced(_ token: Token) -> Bool {
    guard case .symbol(let symbol) = token.kind else { return false }
    switch symbol {
    case .rightParen, .rightBracket, .rightBrace, .comma, .colon, .leftParen, .leftBracket, .leftBrace: return false
    default: return true
    }
  }

  private func startsValue(_ token: Token) -> Bool {
    switch token.kind {
    case .int, .uint, .double, .string, .bytes, .identifier: true
    default: false
    }
  }

  private mutating func parenthesized() -> Expression {
    let start = current.range.lower
    position += 1
    let inner = expression()
    expect(.rightParen)
    let range = SourceRange(lower: start, upper: max(start, tokens[position - 1].range.upper))
    return Expression(id: inner.id, range: range, anchor: inner.anchor, height: inner.height, kind: inner.kind)
  }

  mutating func numberLiteral(sign: Token?) -> Expression {
    let token = current
    let start = sign?.range.lower ?? token.range.lower
    position += 1
    let spelled = (sign == nil ? "" : "-") + text(token)
    guard let value = Self.number(spelled, token.kind) else {
      log.report("`\(spelled)` is out of range", at: token.range)
      return make(.invalid, from: start, anchor: token.range)
    }
    return make(.literal(value), from: start, anchor: token.range)
  }

  private static func number(_ text: String, _ kind: Token.Kind) -> Value? {
    if kind == .double { return Double(text).map { .double($0) } }
    let isNegative = text.hasPrefix("-")
    var digits = isNegative ? text.dropFirst() : text[...]
    if kind == .uint { digits.removeLast() }
    let isHex = digits.lowercased().hasPrefix("0x")
    let magnitude = isHex ? UInt64(digits.dropFirst(2), radix: 16) : UInt64(digits)
    guard let magnitude else { return nil }
    if kind == .uint { return .uint(magnitude) }
    guard isNegative else { return Int64(exactly: magnitude).map { .int($0) } }
    return magnitude <= Int64.min.magnitude ? .int(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil
  }

  private mutating func textLiteral() -> Expression {
    let token = current
    position += 1
    var decoder = LiteralDecoder(Array(bytes[token.range.lower..<token.range.upper]), isBytes: token.kind == .bytes)
    do {
      let decoded = try decoder.decode()
      let value: Value = token.kind == .bytes ? .bytes(decoded) : .string(String(decoding: decoded, as: UTF8.self))
      return make(.literal(value), from: token.range.lower, anchor: token.range)
    } catch {
      let place = token.range.lower + error.offset
      log.report(error.message, at: SourceRange(lower: place, upper: min(place + 2, token.range.upper)))
      return make(.invalid, from: token.range.lower, anchor: token.range)
    }
  }

  private mutating func identifier(isAbsolute: Bool, from first: Token) -> Expression {
    let token = current
    let name = text(token)
    position += 1
    if !isAbsolute, let constant = Self.constants[name] {
      return make(.literal(constant), from: token.range.lower, anchor: token.range)
    }
    if Keyword.keywords.contains(name) || Keyword.reserved.contains(name) {
      position -= 1
      report("`\(name)` is a reserved word; use another name", at: token)
      position += 1
    }
    let full = isAbsolute ? "." + name : name
    guard take(.leftParen) else {
      return make(.identifier(full), from: first.range.lower, anchor: token.range)
    }
    let arguments = self.arguments()
    if !isAbsolute, let expanded = expandGlobal(name, arguments, token, from: first.range.lower) { return expanded }
    return make(.call(full, arguments), from: first.range.lower, anchor: token.range)
  }

  private static let constants: [String: Value] = ["true": .bool(true), "false": .bool(false), "null": .null]
}
