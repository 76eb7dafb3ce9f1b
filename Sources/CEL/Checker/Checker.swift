/// Finds the type of every part of an expression, and reports all that does not fit.
struct Checker {
  let environment: Environment
  var log: IssueLog
  var unifier = Unifier()
  var scope: [(name: String, type: ValueType)] = []
  var used: Set<String> = []
  /// Nodes whose value has no parts.
  var scalars: Set<Int> = []
  var patternCount = 0

  static func check(_ parsed: ParsedExpression, _ environment: Environment) throws(Issues) -> CheckedExpression {
    var checker = Checker(environment: environment, log: IssueLog(source: parsed.source, phase: .check))
    let type = checker.type(of: parsed.root)
    try checker.log.throwIfAny()
    let estimator = CostEstimator(assumedSize: environment.assumedSize, scalars: checker.scalars)
    return CheckedExpression(
      parsed: parsed, type: checker.unifier.resolve(type, freeAsDyn: true), cost: estimator.bound(parsed.root),
      variables: checker.used.sorted())
  }

  mutating func report(_ message: String, at range: SourceRange) -> ValueType {
    log.report(message, at: range)
    return .error
  }

  func shown(_ type: ValueType) -> ValueType { unifier.resolve(type, freeAsDyn: true) }

  mutating func type(of expression: Expression) -> ValueType {
    let type = inferred(expression).bounded
    switch unifier.shallow(type) {
    case .null, .bool, .int, .uint, .double, .timestamp, .duration: scalars.insert(expression.id)
    default: break
    }
    return type
  }

  private mutating func inferred(_ expression: Expression) -> ValueType {
    switch expression.kind {
    case .literal(let value): return Self.type(of: value)
    case .identifier(let name): return identifier(name, expression)
    case .select(let operand, let field, let mode): return select(expression, operand, field, mode)
    case .call(let name, let arguments): return call(expression, name, arguments)
    case .member(let target, let name, let arguments): return member(expression, target, name, arguments)
    case .list(let elements): return list(elements)
    case .map(let entries): return map(entries)
    case .message(let name, let fields):
      for field in fields { _ = type(of: field.value) }
      return report("`\(name)` is not a type that can be constructed", at: expression.anchor)
    case .comprehension(let macro): return comprehension(macro)
    case .bind(let name, let value, let body):
      let valueType = type(of: value)
      return with([(name, valueType)]) { $0.type(of: body) }
    case .optionalMap(let target, let name, let body, let isFlat):
      return optionalMap(target, name, body, isFlat)
    case .block(let values, let body): return block(values, body)
    case .invalid: return .error
    }
  }

  /// The type with variables at its top followed, after all that checking the expression teaches about them.
  mutating func shallowType(of expression: Expression) -> ValueType {
    let found = type(of: expression)
    return unifier.shallow(found)
  }

  private static func type(of literal: Value) -> ValueType {
    switch literal {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    default: .dyn
    }
  }

  mutating func with(_ names: [(name: String, type: ValueType)], _ body: (inout Checker) -> ValueType) -> ValueType {
    scope += names
    defer { scope.removeLast(names.count) }
    return body(&self)
  }

  func local(_ name: String) -> ValueType? { scope.last { $0.name == name }?.type }

  private mutating func identifier(_ name: String, _ expression: Expression) -> ValueType {
    if let type = local(name) { return type }
    if let type = global(name) { return type }
    return report(undeclared(name), at: expression.anchor)
  }

  /// The type of a variable or of a type's name.
  mutating func global(_ name: String) -> ValueType? {
    switch environment.resolve(name: name) {
    case .variable(let name, let variable):
      used.insert(name)
      return variable.type
    case .type(let type, _): return .type(type)
    case nil: return nil
    }
  }

  private func undeclared(_ name: String) -> String {
    if log.isFull { return "`\(name)` is not declared" }
    let known = environment.variables.keys + scope.map(\.name)
    guard let near = Spelling.nearest(to: name, in: known) else { return "`\(name)` is not declared" }
    return "`\(name)` is not declared; did you mean `\(near)`?"
  }
}
