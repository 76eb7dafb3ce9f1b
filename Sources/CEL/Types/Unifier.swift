/// What is known of type variables while an expression is checked.
struct Unifier {
  private var bound: [ValueType?] = []
  /// What variables stood for before, so that an attempt can be taken back without copying everything.
  private var trail: [(number: Int, old: ValueType?)] = []
  /// Types nested deeper than this are treated as `dyn`, so that no chain of inferences runs away.
  private static let depthLimit = 64

  mutating func fresh() -> ValueType {
    bound.append(nil)
    return .variable(bound.count - 1)
  }

  /// A point to go back to.
  struct Mark {
    fileprivate let trail: Int
    fileprivate let variables: Int
  }

  var mark: Mark { Mark(trail: trail.count, variables: bound.count) }

  /// Forgets all that was learned since the mark, also the variables made since.
  mutating func rollBack(to mark: Mark) {
    while trail.count > mark.trail, let change = trail.popLast() { bound[change.number] = change.old }
    bound.removeLast(bound.count - mark.variables)
  }

  private mutating func set(_ number: Int, _ type: ValueType) {
    trail.append((number, bound[number]))
    bound[number] = type
  }

  /// A function's type with its parameters replaced by fresh variables, the same for the same name.
  mutating func instantiate(_ types: [ValueType]) -> [ValueType] {
    var names: [String: ValueType] = [:]
    return types.map { instantiate($0, &names) }
  }

  private mutating func instantiate(_ type: ValueType, _ names: inout [String: ValueType]) -> ValueType {
    if case .parameter(let name) = type {
      if let known = names[name] { return known }
      let variable = fresh()
      names[name] = variable
      return variable
    }
    guard !type.parameters.isEmpty else { return type }
    var parts = type.parameters.map { instantiate($0, &names) }[...]
    return type.mapParameters { parts.popFirst() ?? $0 }
  }

  /// Follows variables at the top of a type.
  func shallow(_ type: ValueType) -> ValueType {
    var type = type
    while case .variable(let number) = type, let next = bound[number] { type = next }
    return type
  }

  /// The last variable a type stands for, where it is one.
  private func root(of type: ValueType) -> Int? {
    var result: Int?
    var type = type
    while case .variable(let number) = type {
      result = number
      guard let next = bound[number] else { break }
      type = next
    }
    return result
  }

  /// Replaces all known variables; unknown ones stay, or become `dyn`.
  func resolve(_ type: ValueType, freeAsDyn: Bool = false, depth: Int = 0) -> ValueType {
    guard depth < Self.depthLimit else { return .dyn }
    let type = shallow(type)
    if case .variable = type { return freeAsDyn ? .dyn : type }
    return type.mapParameters { resolve($0, freeAsDyn: freeAsDyn, depth: depth + 1) }
  }

  /// Whether all values may be passed as the parameters; keeps what was learned about variables only then.
  mutating func assign(_ values: [ValueType], to parameters: some Sequence<ValueType>) -> Bool {
    let mark = self.mark
    for (value, parameter) in zip(values, parameters) where !assign(value, to: parameter, depth: 0) {
      rollBack(to: mark)
      return false
    }
    return true
  }

  private mutating func assign(_ value: ValueType, to target: ValueType, depth: Int) -> Bool {
    guard depth < Self.depthLimit else { return true }
    let root = self.root(of: target)
    let value = shallow(value)
    let target = shallow(target)
    if value == target { return true }
    if target == .null, let root, value.isNullable {
      // Null alone decides nothing: what comes with it does.
      set(root, value)
      return true
    }
    if case .variable(let number) = target { return bind(number, value, depth: depth) }
    if case .variable(let number) = value { return bind(number, target, depth: depth) }
    guard fits(value, target, depth: depth) else { return false }
    if let root { widen(root, value, depth: depth) }
    return true
  }

  /// A parameter that has a type already becomes `dyn` where a later argument is: its value may be anything.
  private mutating func widen(_ root: Int, _ value: ValueType, depth: Int) {
    let (new, old) = (resolve(value), resolve(.variable(root)))
    guard new != old, new.isAsGeneral(as: old), !occurs(root, in: new, depth: depth) else { return }
    set(root, new)
  }

  private mutating func fits(_ value: ValueType, _ target: ValueType, depth: Int) -> Bool {
    if value.isDynamic || target.isDynamic { return true }
    switch (value, target) {
    case (.null, _) where target.isNullable: return true
    case (.wrapper(let a), .wrapper(let b)): return assign(a, to: b, depth: depth + 1)
    case (.wrapper(let inner), _): return assign(inner, to: target, depth: depth + 1)
    case (_, .wrapper(let inner)): return assign(value, to: inner, depth: depth + 1)
    default: return assignParts(value, target, depth: depth)
    }
  }

  private mutating func assignParts(_ value: ValueType, _ target: ValueType, depth: Int) -> Bool {
    switch (value, target) {
    case (.type, .type): return true
    case (.list, .list), (.map, .map), (.optional, .optional): break
    case (.opaque(let a, let left), .opaque(let b, let right)) where a == b && left.count == right.count: break
    default: return false
    }
    for (a, b) in zip(value.parameters, target.parameters) where !assign(a, to: b, depth: depth + 1) { return false }
    return true
  }

  private mutating func bind(_ number: Int, _ type: ValueType, depth: Int) -> Bool {
    if occurs(number, in: type, depth: depth) { return false }
    set(number, type)
    return true
  }

  private func occurs(_ number: Int, in type: ValueType, depth: Int) -> Bool {
    guard depth < Self.depthLimit else { return true }
    let type = shallow(type)
    if case .variable(number) = type { return true }
    return type.parameters.contains { occurs(number, in: $0, depth: depth + 1) }
  }

  /// The type that has both, for elements of a list and branches of a conditional: the more general one, or `dyn`.
  mutating func join(_ first: ValueType, _ second: ValueType) -> ValueType {
    if first == .error { return second }
    if second == .error { return first }
    if shallow(first) == .dyn || shallow(second) == .dyn { return .dyn }
    guard assign([first], to: [second]) || assign([second], to: [first]) else { return .dyn }
    let (a, b) = (resolve(first), resolve(second))
    switch (a, b) {
    case (.null, _): return b
    case (_, .null), (.wrapper, _): return a
    case (_, .wrapper): return b
    default: return a.isAsGeneral(as: b) ? a : b
    }
  }
}

extension ValueType {
  /// Whether every part of the type is the same as the other's or `dyn`.
  fileprivate func isAsGeneral(as other: ValueType) -> Bool {
    if self == other || isDynamic { return true }
    let (mine, theirs) = (parameters, other.parameters)
    guard !mine.isEmpty, mine.count == theirs.count, mapParameters({ _ in .dyn }) == other.mapParameters({ _ in .dyn })
    else { return false }
    return zip(mine, theirs).allSatisfy { $0.isAsGeneral(as: $1) }
  }
}
