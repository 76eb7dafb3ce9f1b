extension Checker {
  mutating func list(_ elements: [Expression.Element]) -> ValueType {
    var element: ValueType?
    for entry in elements {
      let next = self.element(entry.value, isOptional: entry.isOptional)
      element = element.map { unifier.join($0, next) } ?? next
    }
    return .list(element ?? unifier.fresh())
  }

  mutating func map(_ entries: [Expression.Entry]) -> ValueType {
    var key: ValueType?
    var value: ValueType?
    for entry in entries {
      let nextKey = type(of: entry.key)
      checkKey(nextKey, entry.key.range)
      key = key.map { unifier.join($0, nextKey) } ?? nextKey
      let nextValue = element(entry.value, isOptional: entry.isOptional)
      value = value.map { unifier.join($0, nextValue) } ?? nextValue
    }
    return .map(key ?? unifier.fresh(), value ?? unifier.fresh())
  }

  private mutating func checkKey(_ type: ValueType, _ range: SourceRange) {
    switch unifier.shallow(type) {
    case .bool, .int, .uint, .string, .dyn, .error, .variable, .wrapper: break
    default: log.report("a map's key is a bool, an int, a uint or a string, not `\(shown(type))`", at: range)
    }
  }

  /// The type of an element; of an optional one, what the optional holds.
  private mutating func element(_ expression: Expression, isOptional: Bool) -> ValueType {
    let found = shallowType(of: expression)
    guard isOptional else { return found }
    return unwrap(found, expression.range)
  }

  /// What an optional holds; reports anything else.
  private mutating func unwrap(_ type: ValueType, _ range: SourceRange) -> ValueType {
    switch unifier.shallow(type) {
    case .optional(let inner): return inner
    case .dyn, .error: return type
    case .variable:
      let inner = unifier.fresh()
      _ = unifier.assign([.optional(inner)], to: [type])
      return inner
    default: return report("expected an optional, found `\(shown(type))`", at: range)
    }
  }

  mutating func optionalMap(_ target: Expression, _ name: String, _ body: Expression, _ isFlat: Bool) -> ValueType {
    let inner = unwrap(type(of: target), target.range)
    let result = with([(name, inner)]) { $0.type(of: body) }
    guard isFlat else { return .optional(result) }
    return .optional(unwrap(result, body.range))
  }

  mutating func block(_ values: [Expression], _ body: Expression) -> ValueType {
    let depth = scope.count
    for (number, value) in values.enumerated() { scope.append(("@index:\(number)", type(of: value))) }
    defer { scope.removeLast(scope.count - depth) }
    return type(of: body)
  }

  mutating func comprehension(_ macro: Comprehension) -> ValueType {
    let rangeType = shallowType(of: macro.range)
    let (key, value) = elements(rangeType, macro.range.range)
    var names = [(name: macro.first, type: key)]
    if let second = macro.second {
      names.append((second, value))
    } else if case .list = rangeType {
      names = [(macro.first, value)]
    }
    return with(names) { checker in
      if let filter = macro.filter { checker.requireBool(filter) }
      switch macro.goal {
      case .all, .exists, .existsOne:
        checker.requireBool(macro.body)
        return .bool
      case .list: return .list(checker.type(of: macro.body))
      case .map: return .map(key, checker.type(of: macro.body))
      case .mapEntry: return checker.mapEntry(macro.body)
      }
    }
  }

  private mutating func requireBool(_ predicate: Expression) {
    let found = type(of: predicate)
    if !unifier.assign([found], to: [.bool]) {
      log.report("the condition is `\(shown(found))`, not `bool`", at: predicate.range)
    }
  }

  private mutating func mapEntry(_ body: Expression) -> ValueType {
    let found = shallowType(of: body)
    switch found {
    case .map, .dyn, .error: return found
    default: return report("expected a map of one entry, found `\(shown(found))`", at: body.range)
    }
  }

  /// What a macro's variables hold: index and element of a list, key and value of a map.
  private mutating func elements(_ range: ValueType, _ place: SourceRange) -> (key: ValueType, value: ValueType) {
    switch range {
    case .list(let element): return (.int, element)
    case .map(let key, let value): return (key, value)
    case .dyn, .error: return (range, range)
    case .variable:
      _ = unifier.assign([.dyn], to: [range])
      return (.dyn, .dyn)
    default:
      let wrong = report("expected a list or a map, found `\(shown(range))`", at: place)
      return (wrong, wrong)
    }
  }
}
