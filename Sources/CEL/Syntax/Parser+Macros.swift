extension Parser {
  /// `has(a.b)`, or `nil` where the call is no macro.
  mutating func expandGlobal(_ name: String, _ arguments: [Expression], _ token: Token, from start: Int) -> Expression?
  {
    guard options.expandsMacros, name == "has", arguments.count == 1 else { return nil }
    if case .select(let operand, let field, .plain) = arguments[0].kind {
      return make(.select(operand, field: field, mode: .test), from: start, anchor: token.range)
    }
    if case .invalid = arguments[0].kind { return arguments[0] }
    return refuse("`has` wants a field, as in `has(a.b)`", arguments[0].range, from: start)
  }

  /// A macro called as a method, or `nil` where the call is no macro.
  mutating func expandMember(
    _ name: String, _ target: Expression, _ arguments: [Expression], _ anchor: SourceRange, from start: Int
  ) -> Expression? {
    guard options.expandsMacros else { return nil }
    if case .identifier(let namespace) = target.kind {
      switch namespace {
      case "cel", ".cel": return expandBinding(name, arguments, anchor, from: start)
      case "math", ".math": return expandMath(name, arguments, anchor, from: start)
      default: break
      }
    }
    if let goal = Self.goal(name, arguments.count) {
      return expandComprehension(goal, target, arguments, anchor, from: start)
    }
    guard name == "optMap" || name == "optFlatMap", arguments.count == 2 else { return nil }
    guard let variable = simpleName(arguments[0]) else { return refuseName(arguments[0], from: start) }
    let kind = Expression.Kind.optionalMap(target, name: variable, body: arguments[1], isFlat: name == "optFlatMap")
    return make(kind, from: start, anchor: anchor)
  }

  /// Which walk a method name asks for, how many of its arguments are names, and whether the next is a filter.
  private static func goal(_ name: String, _ count: Int) -> (goal: Comprehension.Goal, names: Int, hasFilter: Bool)? {
    switch (name, count) {
    case ("all", 2): (.all, 1, false)
    case ("all", 3): (.all, 2, false)
    case ("exists", 2): (.exists, 1, false)
    case ("exists", 3): (.exists, 2, false)
    case ("exists_one", 2), ("existsOne", 2): (.existsOne, 1, false)
    case ("exists_one", 3), ("existsOne", 3): (.existsOne, 2, false)
    case ("map", 2): (.list, 1, false)
    case ("map", 3), ("filter", 2): (.list, 1, true)
    case ("transformList", 3): (.list, 2, false)
    case ("transformList", 4): (.list, 2, true)
    case ("transformMap", 3): (.map, 2, false)
    case ("transformMap", 4): (.map, 2, true)
    case ("transformMapEntry", 3): (.mapEntry, 2, false)
    case ("transformMapEntry", 4): (.mapEntry, 2, true)
    default: nil
    }
  }

  private mutating func expandComprehension(
    _ plan: (goal: Comprehension.Goal, names: Int, hasFilter: Bool), _ target: Expression, _ arguments: [Expression],
    _ anchor: SourceRange, from start: Int
  ) -> Expression {
    guard let first = simpleName(arguments[0]) else { return refuseName(arguments[0], from: start) }
    var second: String?
    if plan.names == 2 {
      guard let name = simpleName(arguments[1]) else { return refuseName(arguments[1], from: start) }
      guard name != first else {
        return refuse("the two variables have the same name", arguments[1].range, from: start)
      }
      second = name
    }
    var body = arguments[arguments.count - 1]
    let filter = plan.hasFilter ? arguments[plan.names] : nil
    if plan.hasFilter, arguments.count == plan.names + 1 {
      body = make(.identifier(first), range: arguments[0].range, anchor: arguments[0].range)
    }
    let macro = Comprehension(goal: plan.goal, range: target, first: first, second: second, filter: filter, body: body)
    return make(.comprehension(macro), from: start, anchor: anchor)
  }

  private func simpleName(_ expression: Expression) -> String? {
    guard case .identifier(let name) = expression.kind, !name.hasPrefix(".") else { return nil }
    return name
  }

  private mutating func refuseName(_ argument: Expression, from start: Int) -> Expression {
    if case .invalid = argument.kind { return argument }
    return refuse("a macro's variable is a simple name", argument.range, from: start)
  }

  private mutating func refuse(_ message: String, _ range: SourceRange, from start: Int) -> Expression {
    log.report(message, at: range)
    return make(.invalid, from: start, anchor: range)
  }

  /// `cel.bind`, and the block forms that optimizers write.
  private mutating func expandBinding(
    _ name: String, _ arguments: [Expression], _ anchor: SourceRange, from start: Int
  ) -> Expression? {
    switch (name, arguments.count) {
    case ("bind", 3):
      guard let variable = simpleName(arguments[0]) else { return refuseName(arguments[0], from: start) }
      return make(.bind(name: variable, value: arguments[1], body: arguments[2]), from: start, anchor: anchor)
    case ("block", 2) where options.expandsBlocks:
      guard case .list(let elements) = arguments[0].kind else {
        return refuse("`cel.block` wants a list of expressions", arguments[0].range, from: start)
      }
      guard elements.count <= ParserOptions.blockLimit else {
        return refuse("`cel.block` has more than \(ParserOptions.blockLimit) values", anchor, from: start)
      }
      return make(.block(elements.map(\.value), arguments[1]), from: start, anchor: anchor)
    case ("index", 1) where options.expandsBlocks: return blockName("@index", arguments, anchor, from: start)
    case ("iterVar", 2) where options.expandsBlocks: return blockName("@it", arguments, anchor, from: start)
    case ("accuVar", 2) where options.expandsBlocks: return blockName("@ac", arguments, anchor, from: start)
    default: return nil
    }
  }

  private mutating func blockName(
    _ prefix: String, _ arguments: [Expression], _ anchor: SourceRange, from start: Int
  ) -> Expression {
    var name = prefix
    for argument in arguments {
      guard case .literal(.int(let number)) = argument.kind, number >= 0 else {
        return refuse("a block's variable has a number", argument.range, from: start)
      }
      name += ":\(number)"
    }
    return make(.identifier(name), from: start, anchor: anchor)
  }

  /// `math.greatest` and `math.least` take any number of arguments; three and more become a list.
  private mutating func expandMath(
    _ name: String, _ arguments: [Expression], _ anchor: SourceRange, from start: Int
  ) -> Expression? {
    guard name == "greatest" || name == "least" else { return nil }
    let function = name == "greatest" ? "math.@max" : "math.@min"
    guard let first = arguments.first else {
      return refuse("`math.\(name)` wants at least one argument", anchor, from: start)
    }
    guard arguments.count > 2 else { return make(.call(function, arguments), from: start, anchor: anchor) }
    let elements = arguments.map { Expression.Element(value: $0, isOptional: false) }
    let range = SourceRange(lower: first.range.lower, upper: arguments[arguments.count - 1].range.upper)
    let list = make(.list(elements), range: range, anchor: anchor)
    return make(.call(function, [list]), from: start, anchor: anchor)
  }
}
