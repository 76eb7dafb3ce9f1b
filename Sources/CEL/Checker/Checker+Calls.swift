extension Checker {
  mutating func call(_ expression: Expression, _ name: String, _ arguments: [Expression]) -> ValueType {
    if name == Operator.conditional { return conditional(expression, arguments) }
    let types = arguments.map { type(of: $0) }
    guard let function = environment.resolve(function: name) else {
      return report(unknownFunction(name), at: expression.anchor)
    }
    if function.name == "matches" { checkPattern(arguments.last) }
    return resolve(expression, function.name, function.overloads.filter { !$0.isMember }, types)
  }

  mutating func member(
    _ expression: Expression, _ target: Expression, _ name: String, _ arguments: [Expression]
  ) -> ValueType {
    if let namespace = target.qualifiedName, !isLocal(namespace),
      let function = environment.resolve(function: "\(namespace).\(name)")
    {
      let types = arguments.map { type(of: $0) }
      return resolve(expression, function.name, function.overloads.filter { !$0.isMember }, types)
    }
    let types = [type(of: target)] + arguments.map { type(of: $0) }
    guard let overloads = environment.functions[name]?.filter(\.isMember), !overloads.isEmpty else {
      return report(unknownFunction(name), at: expression.anchor)
    }
    if name == "matches" { checkPattern(arguments.last) }
    return resolve(expression, name, overloads, types)
  }

  private func unknownFunction(_ name: String) -> String {
    if log.isFull { return "there is no function `\(name)`" }
    let known = environment.functions.keys.filter { $0.first?.isLetter == true }
    guard let near = Spelling.nearest(to: name, in: known) else { return "there is no function `\(name)`" }
    return "there is no function `\(name)`; did you mean `\(near)`?"
  }

  /// A pattern written out that RE2 does not take can never match: better said now.
  private mutating func checkPattern(_ argument: Expression?) {
    guard let argument, case .literal(.string(let text)) = argument.kind else { return }
    patternCount += 1
    guard patternCount <= Pattern.countLimit else {
      log.report("the expression has more than \(Pattern.countLimit) patterns", at: argument.range)
      return
    }
    if case .failure(let failure) = Pattern.compile(text) { log.report(failure.message, at: argument.range) }
  }

  /// Picks the overloads that take the types; the result is `dyn` where several do and differ.
  private mutating func resolve(
    _ expression: Expression, _ name: String, _ overloads: [Overload], _ types: [ValueType]
  ) -> ValueType {
    let exact = types.map { unifier.shallow($0) }
    if let overload = overloads.first(where: { !$0.isGeneric && $0.parameters == exact }) { return overload.result }
    var matches: [(overload: Overload, type: ValueType)] = []
    for overload in overloads where overload.parameters.count == types.count {
      let mark = unifier.mark
      guard let result = apply(overload, types) else { continue }
      // Which of several it is shows when it is evaluated; what only one of them would have decided stays open.
      matches.append((overload, unifier.resolve(result, freeAsDyn: true)))
      unifier.rollBack(to: mark)
    }
    guard let first = matches.first else {
      if types.contains(where: { unifier.shallow($0) == .error }) { return .error }
      return report(mismatch(name, overloads, types), at: expression.anchor)
    }
    if matches.count == 1 { return apply(first.overload, types) ?? .dyn }
    return matches.allSatisfy { $0.type == first.type } ? first.type : .dyn
  }

  /// The result of an overload for arguments of the types; `nil`, and nothing learned, where it does not take them.
  private mutating func apply(_ overload: Overload, _ types: [ValueType]) -> ValueType? {
    if !overload.isGeneric { return unifier.assign(types, to: overload.parameters) ? overload.result : nil }
    let mark = unifier.mark
    let signature = unifier.instantiate(overload.parameters + [overload.result])
    guard let result = signature.last, unifier.assign(types, to: signature.dropLast()) else {
      unifier.rollBack(to: mark)
      return nil
    }
    return unifier.resolve(result)
  }

  private func mismatch(_ name: String, _ overloads: [Overload], _ types: [ValueType]) -> String {
    let given = types.map { shown($0).description }
    guard let sign = Self.sign(of: name) else {
      return "`\(Self.written(name))` does not take (\(given.joined(separator: ", ")))"
    }
    if given.count == 1 { return "`\(sign)` does not apply to `\(given[0])`" }
    return "`\(sign)` does not apply to `\(given[0])` and `\(given[given.count - 1])`"
  }

  /// How a function is written that has another name inside.
  private static func written(_ name: String) -> String {
    switch name {
    case "math.@max": "math.greatest"
    case "math.@min": "math.least"
    default: name
    }
  }

  /// How an operator is written, from its internal name.
  private static func sign(of name: String) -> String? {
    if name == Operator.isIn { return "in" }
    guard name.contains("_") && name.first.map({ "_!-@".contains($0) }) == true else { return nil }
    return name.replacing("_", with: "")
  }

  private mutating func conditional(_ expression: Expression, _ arguments: [Expression]) -> ValueType {
    let condition = type(of: arguments[0])
    if !unifier.assign([condition], to: [.bool]) {
      log.report("the condition is `\(shown(condition))`, not `bool`", at: arguments[0].range)
    }
    let yes = type(of: arguments[1])
    let no = type(of: arguments[2])
    let joined = unifier.join(yes, no)
    let isDynamic = unifier.shallow(yes) == .dyn || unifier.shallow(no) == .dyn
    if joined == .dyn, !isDynamic {
      return report("the branches have different types, `\(shown(yes))` and `\(shown(no))`", at: expression.anchor)
    }
    return joined
  }
}
