extension Compiler {
  /// The instruction of an operator; `nil` where the name is a function's.
  func operation(_ name: String, _ operands: [any Instruction], _ offset: Int) -> (any Instruction)? {
    switch operands.count {
    case 1: unary(name, operands[0], offset).map { fold($0, operands) }
    case 2: binary(name, operands[0], operands[1], offset).map { fold($0, operands) }
    case 3 where name == Operator.conditional:
      Conditional(operands[0], operands[1], operands[2], offset: offset)
    default: nil
    }
  }

  private func unary(_ name: String, _ operand: any Instruction, _ offset: Int) -> (any Instruction)? {
    switch name {
    case Operator.not: Not(operand, offset: offset)
    case Operator.negate: Negation(operand, offset: offset)
    default: nil
    }
  }

  private func binary(
    _ name: String, _ a: any Instruction, _ b: any Instruction, _ offset: Int
  ) -> (any Instruction)? {
    switch name {
    case Operator.and: Logical(a, b, deciding: false, offset: offset)
    case Operator.or: Logical(a, b, deciding: true, offset: offset)
    case Operator.equal: Equality(a, b, isNegated: false, offset: offset)
    case Operator.notEqual: Equality(a, b, isNegated: true, offset: offset)
    case Operator.less: Ordering(a, b, .less, offset: offset)
    case Operator.lessOrEqual: Ordering(a, b, .lessOrEqual, offset: offset)
    case Operator.greater: Ordering(a, b, .greater, offset: offset)
    case Operator.greaterOrEqual: Ordering(a, b, .greaterOrEqual, offset: offset)
    case Operator.isIn: Membership(a, b, offset: offset)
    case Operator.index: Indexing(a, b, isOptional: false, offset: offset)
    case Operator.optionalIndex: Indexing(a, b, isOptional: true, offset: offset)
    default: arithmetic(name).map { Arithmetic(a, b, $0, offset: offset) }
    }
  }

  private func arithmetic(_ name: String) -> Arithmetic.Operation? {
    switch name {
    case Operator.add: .add
    case Operator.subtract: .subtract
    case Operator.multiply: .multiply
    case Operator.divide: .divide
    case Operator.modulo: .modulo
    default: nil
    }
  }

  mutating func bind(_ name: String, _ value: Expression, _ body: Expression) -> any Instruction {
    let compiled = compile(value)
    if compiled is Constant { return with([(name, compiled)], body) }
    let slot = newSlot()
    return Binding(slot, compiled, with([(name, LocalLoad(slot))], body))
  }

  mutating func optionalMap(
    _ target: Expression, _ name: String, _ body: Expression, _ isFlat: Bool, _ offset: Int
  ) -> any Instruction {
    let compiled = compile(target)
    let slot = newSlot()
    return OptionalMapping(compiled, slot, with([(name, LocalLoad(slot))], body), isFlat: isFlat, offset: offset)
  }

  mutating func loop(_ macro: Comprehension, _ offset: Int) -> any Instruction {
    let range = compile(macro.range)
    let first = newSlot()
    let second = macro.second.map { _ in newSlot() }
    var names: [(String, any Instruction)] = [(macro.first, LocalLoad(first))]
    if let name = macro.second, let second { names.append((name, LocalLoad(second))) }
    let filter = macro.filter.map { with(names, $0) }
    let body = with(names, macro.body)
    let walk = Walk(range: range, first: first, second: second, filter: filter, body: body, offset: offset)
    switch macro.goal {
    case .all: return Quantifier(walk, deciding: false)
    case .exists: return Quantifier(walk, deciding: true)
    case .existsOne: return ExistsOne(walk)
    case .list: return ListTransformation(walk)
    case .map: return MapTransformation(walk, bodyIsEntry: false)
    case .mapEntry: return MapTransformation(walk, bodyIsEntry: true)
    }
  }
}
