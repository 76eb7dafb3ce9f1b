extension Compiler {
  func identifier(_ name: String, _ offset: Int) -> any Instruction {
    local(name) ?? global(name, offset)
      ?? Failing(EvaluationFailure(.undeclared, "`\(name)` is not declared", offset: offset))
  }

  private func global(_ name: String, _ offset: Int) -> (any Instruction)? {
    switch environment.resolve(name: name) {
    case .variable(let name, let variable): VariableLoad(index: variable.index, name: name, offset: offset)
    case .type(_, let name): Constant(.type(name))
    case nil: nil
    }
  }

  private func isLocal(_ qualified: String) -> Bool { local(String(qualified.prefix { $0 != "." })) != nil }

  mutating func select(
    _ node: Expression, _ operand: Expression, _ field: String, _ mode: Expression.SelectMode
  ) -> any Instruction {
    let offset = node.anchor.lower
    if mode == .plain, let name = node.qualifiedName, !isLocal(name), let found = global(name, offset) { return found }
    let compiled = compile(operand)
    return fold(Selection(compiled, field, mode, offset: offset), [compiled])
  }

  mutating func call(_ name: String, _ arguments: [Expression], _ offset: Int) -> any Instruction {
    let compiled = arguments.map { compile($0) }
    if let built = operation(name, compiled, offset) { return built }
    guard let function = environment.resolve(function: name) else { return unknown(name, offset) }
    return call(function.name, function.overloads.filter { !$0.isMember }, compiled, offset)
  }

  mutating func member(
    _ target: Expression, _ name: String, _ arguments: [Expression], _ offset: Int
  ) -> any Instruction {
    if let namespace = target.qualifiedName, !isLocal(namespace),
      let function = environment.resolve(function: "\(namespace).\(name)")
    {
      let compiled = arguments.map { compile($0) }
      return call(function.name, function.overloads.filter { !$0.isMember }, compiled, offset)
    }
    let compiled = [compile(target)] + arguments.map { compile($0) }
    guard let overloads = environment.functions[name]?.filter(\.isMember), !overloads.isEmpty else {
      return unknown(name, offset)
    }
    if name == "or" || name == "orValue", compiled.count == 2 {
      return OptionalDefault(compiled[0], compiled[1], unwraps: name == "orValue", offset: offset)
    }
    return call(name, overloads, compiled, offset)
  }

  private mutating func call(
    _ name: String, _ overloads: [Overload], _ arguments: [any Instruction], _ offset: Int
  ) -> any Instruction {
    if name == "matches", arguments.count == 2, let constant = arguments[1] as? Constant,
      case .string(let text) = constant.value, patternCount < Pattern.countLimit,
      case .success(let pattern) = Pattern.compile(text)
    {
      patternCount += 1
      return fold(PatternMatch(arguments[0], pattern, offset: offset), [arguments[0]])
    }
    let fitting = overloads.filter { $0.parameters.count == arguments.count }
    return fold(Call(name, arguments, fitting, offset: offset), arguments)
  }

  private func unknown(_ name: String, _ offset: Int) -> any Instruction {
    Failing(EvaluationFailure(.undeclared, "there is no function `\(name)`", offset: offset))
  }
}
