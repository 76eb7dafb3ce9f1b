extension Parser {
  /// Selections, calls, indexes and message literals after a value.
  mutating func postfix(_ operand: Expression) -> Expression {
    var result = operand
    let start = operand.range.lower
    while true {
      let token = current
      switch token.kind {
      case .symbol(.dot):
        position += 1
        result = selection(of: result, from: start)
      case .symbol(.questionDot):
        position += 1
        guard let field = fieldName() else {
          return unexpected("expected a field name after `.?`, found \(currentText)")
        }
        result = make(.select(result, field: field.name, mode: .optional), from: start, anchor: field.range)
      case .symbol(.leftBracket):
        position += 1
        let name = take(.question) ? Operator.optionalIndex : Operator.index
        let index = expression()
        expect(.rightBracket)
        result = make(.call(name, [result, index]), from: start, anchor: token.range)
      case .symbol(.leftBrace):
        guard let name = result.qualifiedName else { return result }
        result = message(name, from: start, anchor: result.anchor)
      default: return result
      }
    }
  }

  private mutating func selection(of operand: Expression, from start: Int) -> Expression {
    let isQuoted = current.kind == .quotedIdentifier
    guard let field = fieldName() else { return unexpected("expected a field name after `.`, found \(currentText)") }
    guard !isQuoted, take(.leftParen) else {
      return make(.select(operand, field: field.name, mode: .plain), from: start, anchor: field.range)
    }
    let arguments = self.arguments()
    if let expanded = expandMember(field.name, operand, arguments, field.range, from: start) { return expanded }
    return make(.member(operand, field.name, arguments), from: start, anchor: field.range)
  }

  /// A name after a point: also a reserved word, and anything in backticks, but not a keyword.
  mutating func fieldName() -> (name: String, range: SourceRange)? {
    let token = current
    switch token.kind {
    case .identifier:
      let name = text(token)
      guard !Keyword.keywords.contains(name) else { return nil }
      position += 1
      return (name, token.range)
    case .quotedIdentifier:
      position += 1
      return (String(text(token).dropFirst().dropLast()), token.range)
    default: return nil
    }
  }

  /// Arguments up to and with the closing parenthesis.
  mutating func arguments() -> [Expression] {
    var result: [Expression] = []
    if take(.rightParen) { return result }
    repeat { result.append(expression()) } while take(.comma)
    expect(.rightParen)
    return result
  }

  mutating func list() -> Expression {
    let token = current
    position += 1
    var elements: [Expression.Element] = []
    while !isAt(.rightBracket), current.kind != .end {
      let isOptional = take(.question)
      elements.append(Expression.Element(value: expression(), isOptional: isOptional))
      if !take(.comma) { break }
    }
    expect(.rightBracket)
    return make(.list(elements), from: token.range.lower, anchor: token.range)
  }

  mutating func map() -> Expression {
    let token = current
    position += 1
    var entries: [Expression.Entry] = []
    while !isAt(.rightBrace), current.kind != .end {
      let isOptional = take(.question)
      let key = expression()
      guard isAt(.colon) else {
        report("expected `:` after the key, found \(currentText)", at: current)
        break
      }
      position += 1
      entries.append(Expression.Entry(key: key, value: expression(), isOptional: isOptional))
      if !take(.comma) { break }
    }
    expect(.rightBrace)
    return make(.map(entries), from: token.range.lower, anchor: token.range)
  }

  private mutating func message(_ name: String, from start: Int, anchor: SourceRange) -> Expression {
    position += 1
    var fields: [Expression.Field] = []
    while !isAt(.rightBrace), current.kind != .end {
      let isOptional = take(.question)
      guard let field = fieldName(), isAt(.colon) else {
        report("expected a field name and `:`, found \(currentText)", at: current)
        break
      }
      position += 1
      fields.append(Expression.Field(name: field.name, value: expression(), isOptional: isOptional))
      if !take(.comma) { break }
    }
    expect(.rightBrace)
    return make(.message(name, fields), from: start, anchor: anchor)
  }
}
