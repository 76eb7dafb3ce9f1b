/// What an evaluation changes and reads while it runs.
struct Frame {
  var budget: Budget
  /// Values of macro variables and bindings; each has a place of its own.
  var locals: [Value] = []
  /// Values of a block, computed when first read.
  var lazyLocals: [Value?] = []
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

/// A value of a block: computed when it is first read.
final class LazyLoad: Instruction {
  private let slot: Int
  private let value: any Instruction

  init(_ slot: Int, _ value: any Instruction) {
    self.slot = slot
    self.value = value
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    if let known = frame.lazyLocals[slot] { return known }
    let computed = try value.evaluate(&frame)
    frame.lazyLocals[slot] = computed
    return computed
  }
}

/// Something that is known to fail when it is reached.
final class Failing: Instruction {
  private let failure: EvaluationFailure
  init(_ failure: EvaluationFailure) { self.failure = failure }
  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value { throw failure }
}
