/// Bounds how deep the values of an expression are nested, from its form alone.
///
/// Bindings let a short expression nest its values deeper than itself. Values are compared, written and freed
/// recursively, so the parser refuses what is too deep for that. The depth of facts counts as zero here.
struct NestingBound {
  private var scope: [(name: String, depth: Int)] = []

  mutating func depth(_ node: Expression) -> Int {
    switch node.kind {
    case .identifier(let name): return scope.last { $0.name == name }?.depth ?? 0
    case .list, .map: return 1 + deepest(node.children)
    case .call(let name, let arguments): return deepest(arguments) + (Self.isOperator(name) ? 0 : 1)
    case .member: return deepest(node.children) + 1
    case .comprehension(let macro): return depth(macro)
    case .bind(let name, let value, let body): return depth(body, with: [(name, depth(value))])
    case .optionalMap(let target, let name, let body, _):
      let held = depth(target)
      return max(held, depth(body, with: [(name, held)]) + 1)
    case .block(let values, let body):
      let names = scope.count
      for (number, value) in values.enumerated() { scope.append(("@index:\(number)", depth(value))) }
      defer { scope.removeLast(scope.count - names) }
      return depth(body)
    case .literal, .invalid, .select, .message: return deepest(node.children)
    }
  }

  private mutating func deepest(_ nodes: [Expression]) -> Int {
    var result = 0
    for node in nodes { result = max(result, depth(node)) }
    return result
  }

  private mutating func depth(_ macro: Comprehension) -> Int {
    let range = depth(macro.range)
    let names = [(macro.first, range)] + (macro.second.map { [($0, range)] } ?? [])
    if let filter = macro.filter { _ = depth(filter, with: names) }
    return depth(macro.body, with: names) + 1
  }

  private mutating func depth(_ body: Expression, with names: [(String, Int)]) -> Int {
    scope += names.map { (name: $0.0, depth: $0.1) }
    defer { scope.removeLast(names.count) }
    return depth(body)
  }

  private static func isOperator(_ name: String) -> Bool { name.first.map { "_!-@".contains($0) } ?? false }
}
