/// `cel.bind`: computes a value once, before its body.
final class Binding: Instruction {
  private let slot: Int
  private let value: any Instruction
  private let body: any Instruction

  init(_ slot: Int, _ value: any Instruction, _ body: any Instruction) {
    self.slot = slot
    self.value = value
    self.body = body
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    frame.locals[slot] = try value.evaluate(&frame)
    return try body.evaluate(&frame)
  }
}

/// `cel.block`: computes its values in order, then its body, which may read them.
final class Block: Instruction {
  private let values: [(slot: Int, instruction: any Instruction)]
  private let body: any Instruction

  init(_ values: [(slot: Int, instruction: any Instruction)], _ body: any Instruction) {
    self.values = values
    self.body = body
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    for value in values {
      do {
        frame.blockValues[value.slot] = .success(try value.instruction.evaluate(&frame))
      } catch {
        guard error.isAbsorbable else { throw error }
        frame.blockValues[value.slot] = .failure(error)
      }
    }
    return try body.evaluate(&frame)
  }
}

/// `optMap` and `optFlatMap`.
final class OptionalMapping: Instruction {
  private let target: any Instruction
  private let slot: Int
  private let body: any Instruction
  private let isFlat: Bool
  private let offset: Int

  init(_ target: any Instruction, _ slot: Int, _ body: any Instruction, isFlat: Bool, offset: Int) {
    self.target = target
    self.slot = slot
    self.body = body
    self.isFlat = isFlat
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    let value = try target.evaluate(&frame)
    guard case .optional(let inner) = value else { throw .notOptional(value, offset) }
    guard let inner else { return value }
    frame.locals[slot] = inner
    let result = try body.evaluate(&frame)
    guard isFlat else { return .optional(result) }
    guard case .optional = result else { throw .notOptional(result, offset) }
    return result
  }
}

/// `a.or(b)` and `a.orValue(b)`: the second is computed only where the first holds nothing.
final class OptionalDefault: Instruction {
  private let target: any Instruction
  private let alternative: any Instruction
  private let unwraps: Bool
  private let offset: Int

  init(_ target: any Instruction, _ alternative: any Instruction, unwraps: Bool, offset: Int) {
    self.target = target
    self.alternative = alternative
    self.unwraps = unwraps
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    let value = try target.evaluate(&frame)
    guard case .optional(let inner) = value else { throw .notOptional(value, offset) }
    if let inner { return unwraps ? inner : value }
    let other = try alternative.evaluate(&frame)
    if unwraps { return other }
    guard case .optional = other else { throw .notOptional(other, offset) }
    return other
  }
}
