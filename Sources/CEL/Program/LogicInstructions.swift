/// `&&` and `||`: the deciding value wins over an error on the other side, whichever side it is on.
final class Logical: Instruction {
  private let left: any Instruction
  private let right: any Instruction
  /// The value that decides: false for `&&`, true for `||`.
  private let deciding: Bool
  private let offset: Int

  init(_ left: any Instruction, _ right: any Instruction, deciding: Bool, offset: Int) {
    self.left = left
    self.right = right
    self.deciding = deciding
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value { .bool(try evaluateBool(&frame)) }

  func evaluateBool(_ frame: inout Frame) throws(EvaluationFailure) -> Bool {
    try frame.budget.spend(1)
    let first: Bool
    do {
      first = try left.evaluateBool(&frame)
    } catch {
      guard error.isAbsorbable else { throw error }
      return try decideByRight(&frame, error.at(offset))
    }
    if first == deciding { return deciding }
    do { return try right.evaluateBool(&frame) } catch { throw error.at(offset) }
  }

  /// The left side failed: the right one may still decide.
  private func decideByRight(_ frame: inout Frame, _ first: EvaluationFailure) throws(EvaluationFailure) -> Bool {
    do {
      if try right.evaluateBool(&frame) == deciding { return deciding }
    } catch {
      guard error.isAbsorbable else { throw error }
    }
    throw first
  }
}

final class Not: Instruction {
  private let operand: any Instruction
  private let offset: Int

  init(_ operand: any Instruction, offset: Int) {
    self.operand = operand
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value { .bool(try evaluateBool(&frame)) }

  func evaluateBool(_ frame: inout Frame) throws(EvaluationFailure) -> Bool {
    try frame.budget.spend(1)
    do { return try !operand.evaluateBool(&frame) } catch { throw error.at(offset) }
  }
}

final class Conditional: Instruction {
  private let condition: any Instruction
  private let yes: any Instruction
  private let no: any Instruction
  private let offset: Int

  init(_ condition: any Instruction, _ yes: any Instruction, _ no: any Instruction, offset: Int) {
    self.condition = condition
    self.yes = yes
    self.no = no
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    let chosen: Bool
    do { chosen = try condition.evaluateBool(&frame) } catch { throw error.at(offset) }
    return try chosen ? yes.evaluate(&frame) : no.evaluate(&frame)
  }
}
