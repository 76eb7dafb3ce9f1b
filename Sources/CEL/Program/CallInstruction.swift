/// A call of a function: the first overload that takes the arguments' types computes it.
final class Call: Instruction {
  private let name: String
  private let arguments: [any Instruction]
  private let overloads: [Overload]
  private let offset: Int

  init(_ name: String, _ arguments: [any Instruction], _ overloads: [Overload], offset: Int) {
    self.name = name
    self.arguments = arguments
    self.overloads = overloads
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    switch arguments.count {
    case 1:
      let value = try arguments[0].evaluate(&frame)
      try frame.budget.spend(reading: value)
      do { return try unary(value, &frame.budget) } catch { throw error.at(offset) }
    case 2:
      let first = try arguments[0].evaluate(&frame)
      let second = try arguments[1].evaluate(&frame)
      try frame.budget.spend(reading: first)
      try frame.budget.spend(reading: second)
      do { return try binary(first, second, &frame.budget) } catch { throw error.at(offset) }
    default:
      var values: [Value] = []
      for argument in arguments {
        values.append(try argument.evaluate(&frame))
        try frame.budget.spend(reading: values[values.count - 1])
      }
      do { return try many(values, &frame.budget) } catch { throw error.at(offset) }
    }
  }

  private func unary(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    for overload in overloads where overload.parameters[0].accepts(value) {
      if case .unary(let compute) = overload.implementation { return try compute(value, &budget) }
    }
    throw mismatch([value])
  }

  private func binary(_ a: Value, _ b: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    for overload in overloads where overload.parameters[0].accepts(a) && overload.parameters[1].accepts(b) {
      if case .binary(let compute) = overload.implementation { return try compute(a, b, &budget) }
    }
    throw mismatch([a, b])
  }

  private func many(_ values: [Value], _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    for overload in overloads where overload.accepts(values) {
      if case .many(let compute) = overload.implementation { return try compute(values, &budget) }
    }
    throw mismatch(values)
  }

  private func mismatch(_ values: [Value]) -> EvaluationFailure {
    let types = values.map(\.typeName).joined(separator: ", ")
    return EvaluationFailure(.noSuchOverload, "`\(name)` does not take (\(types))")
  }
}

/// `matches` with a pattern known before: compiled once.
final class PatternMatch: Instruction {
  private let text: any Instruction
  private let pattern: Pattern
  private let offset: Int

  init(_ text: any Instruction, _ pattern: Pattern, offset: Int) {
    self.text = text
    self.pattern = pattern
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    let value = try text.evaluate(&frame)
    guard case .string(let text) = value else {
      throw EvaluationFailure(.noSuchOverload, "`matches` does not apply to `\(value.typeName)`", offset: offset)
    }
    do { return .bool(try pattern.matches(text, &frame.budget)) } catch { throw error.at(offset) }
  }
}
