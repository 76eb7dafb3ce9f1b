/// What an evaluation changes and reads while it runs.
struct Frame {
  var budget: Budget
  /// Values of macro variables and bindings; each has a place of its own.
  var locals: [Value] = []
  /// Values of blocks; one that failed is only an error where it is read.
  var blockValues: [Result<Value, EvaluationFailure>?] = []
  let variables: [Value?]

  init(budget: Budget, variables: [Value?]) {
    self.budget = budget
    self.variables = variables
  }
}

/// One operation of a compiled expression. Operations form a tree of final classes without closures: evaluating walks it
/// by virtual calls, and values are returned, not pushed, so that the common path allocates nothing.
protocol Instruction: AnyObject, Sendable {
  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value
  func evaluateBool(_ frame: inout Frame) throws(EvaluationFailure) -> Bool
}

extension Instruction {
  func evaluateBool(_ frame: inout Frame) throws(EvaluationFailure) -> Bool {
    if case .bool(let value) = try evaluate(&frame) { return value }
    throw EvaluationFailure(.noSuchOverload, "expected a bool")
  }
}

final class Constant: Instruction {
  let value: Value
  init(_ value: Value) { self.value = value }
  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value { value }
}

final class VariableLoad: Instruction {
  private let index: Int
  private let name: String
  private let offset: Int

  init(index: Int, name: String, offset: Int) {
    self.index = index
    self.name = name
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    if index < frame.variables.count, let value = frame.variables[index] { return value }
    throw EvaluationFailure(.noValue, "`\(name)` has no value", offset: offset)
  }
}

final class LocalLoad: Instruction {
  private let slot: Int
  init(_ slot: Int) { self.slot = slot }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    return frame.locals[slot]
  }
}

/// A value of a block.
final class BlockLoad: Instruction {
  private let slot: Int
  init(_ slot: Int) { self.slot = slot }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    // INVARIANT: the block computes its values in order, and each reads only those before it.
    guard let result = frame.blockValues[slot] else { throw EvaluationFailure(.noValue, "the block has no such value") }
    return try result.get()
  }
}

/// Something that is known to fail when it is reached.
final class Failing: Instruction {
  private let failure: EvaluationFailure
  init(_ failure: EvaluationFailure) { self.failure = failure }
  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value { throw failure }
}
