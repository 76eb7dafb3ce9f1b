extension Parser {
  /// Binary operators by how tightly they bind (langdef.md, "Operator precedence"); all are left-associative.
  private static let precedence: [Token.Symbol: (level: Int, name: String)] = [
    .or: (1, Operator.or), .and: (2, Operator.and),
    .equal: (3, Operator.equal), .notEqual: (3, Operator.notEqual), .less: (3, Operator.less),
    .lessOrEqual: (3, Operator.lessOrEqual), .greater: (3, Operator.greater),
    .greaterOrEqual: (3, Operator.greaterOrEqual),
    .plus: (4, Operator.add), .minus: (4, Operator.subtract),
    .star: (5, Operator.multiply), .slash: (5, Operator.divide), .percent: (5, Operator.modulo),
  ]

  mutating func expression() -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= ParserOptions.nestingLimit else { return tooDeep() }
    let start = current.range.lower
    let condition = binary(1)
    let question = current
    guard take(.question) else { return condition }
    let yes = binary(1)
    guard isAt(.colon) else {
      report("expected `:` of the conditional, found \(currentText)", at: current)
      return make(.invalid, from: start, anchor: question.range)
    }
    position += 1
    let no = expression()
    return make(.call(Operator.conditional, [condition, yes, no]), from: start, anchor: question.range)
  }

  private mutating func tooDeep() -> Expression {
    report("the expression is nested more than \(ParserOptions.nestingLimit) deep; split it", at: current)
    let token = current
    position = tokens.count - 1
    return make(.invalid, from: token.range.lower, anchor: token.range)
  }

  private func operatorHere() -> (level: Int, name: String)? {
    switch current.kind {
    case .symbol(let symbol): Self.precedence[symbol]
    case .identifier where text(current) == "in": (3, Operator.isIn)
    default: nil
    }
  }

  private mutating func binary(_ minimum: Int) -> Expression {
    let start = current.range.lower
    var left = unary()
    while let found = operatorHere(), found.level >= minimum {
      let token = current
      if found.level <= 2 {
        left = logical(left, found, start)
        continue
      }
      position += 1
      let right = binary(found.level + 1)
      left = make(.call(found.name, [left, right]), from: start, anchor: token.range)
    }
    return left
  }

  /// `a && b && c ...` as a balanced tree, so that long conditions stay flat; the order of evaluation is the same.
  private mutating func logical(_ first: Expression, _ found: (level: Int, name: String), _ start: Int) -> Expression {
    var terms = [first]
    var anchors: [SourceRange] = []
    while let here = operatorHere(), here.name == found.name {
      anchors.append(current.range)
      position += 1
      terms.append(binary(found.level + 1))
    }
    return balanced(found.name, terms[...], anchors[...])
  }

  private mutating func balanced(
    _ name: String, _ terms: ArraySlice<Expression>, _ anchors: ArraySlice<SourceRange>
  ) -> Expression {
    if terms.count == 1 { return terms[terms.startIndex] }
    let middle = terms.startIndex + terms.count / 2
    let split = anchors.startIndex + terms.count / 2 - 1
    let left = balanced(name, terms[..<middle], anchors[..<split])
    let right = balanced(name, terms[middle...], anchors[(split + 1)...])
    let range = SourceRange(lower: left.range.lower, upper: right.range.upper)
    return make(.call(name, [left, right]), range: range, anchor: anchors[split])
  }

  private mutating func unary() -> Expression {
    let token = current
    if isAt(.not) { return repeated(.not, Operator.not) }
    guard isAt(.minus) else { return postfix(primary()) }
    let next = tokens[min(position + 1, tokens.count - 1)]
    if next.kind == .int || next.kind == .double {
      position += 1
      return postfix(numberLiteral(sign: token))
    }
    return repeated(.minus, Operator.negate)
  }

  /// `!!x` and `--x`: pairs cancel out, which keeps the tree flat; the type is still asked for once or twice.
  private mutating func repeated(_ symbol: Token.Symbol, _ name: String) -> Expression {
    let first = current
    var count = 0
    while isAt(symbol) {
      let next = tokens[min(position + 1, tokens.count - 1)]
      if symbol == .minus, count > 0, next.kind == .int || next.kind == .double { break }
      position += 1
      count += 1
    }
    var operand = isAt(.minus) && symbol == .minus ? unary() : postfix(primary())
    for _ in 0..<(count % 2 == 0 ? 2 : 1) {
      operand = make(.call(name, [operand]), from: first.range.lower, anchor: first.range)
    }
    return operand
  }
}
