/// `+`, `-`, `*`, `/` and `%`, with overflow as an error for integers.
final class Arithmetic: Instruction {
  enum Operation: String, Sendable { case add = "+", subtract = "-", multiply = "*", divide = "/", modulo = "%" }

  private let left: any Instruction
  private let right: any Instruction
  private let operation: Operation
  private let offset: Int

  init(_ left: any Instruction, _ right: any Instruction, _ operation: Operation, offset: Int) {
    self.left = left
    self.right = right
    self.operation = operation
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    let a = try left.evaluate(&frame)
    let b = try right.evaluate(&frame)
    do {
      switch (a, b) {
      case (.int(let a), .int(let b)): return .int(try integer(a, b))
      case (.uint(let a), .uint(let b)): return .uint(try integer(a, b))
      case (.double(let a), .double(let b)): return .double(try double(a, b))
      default: return try Sum.combine(a, b, operation, &frame.budget)
      }
    } catch {
      throw error.at(offset)
    }
  }

  private func integer<T: FixedWidthInteger>(_ a: T, _ b: T) throws(EvaluationFailure) -> T {
    let result: (partialValue: T, overflow: Bool)
    switch operation {
    case .add: result = a.addingReportingOverflow(b)
    case .subtract: result = a.subtractingReportingOverflow(b)
    case .multiply: result = a.multipliedReportingOverflow(by: b)
    case .divide, .modulo:
      if b == 0 { throw EvaluationFailure(.divisionByZero, "division by zero") }
      result = operation == .divide ? a.dividedReportingOverflow(by: b) : a.remainderReportingOverflow(dividingBy: b)
    }
    if result.overflow { throw EvaluationFailure(.overflow, "the result of `\(operation.rawValue)` is out of range") }
    return result.partialValue
  }

  private func double(_ a: Double, _ b: Double) throws(EvaluationFailure) -> Double {
    switch operation {
    case .add: a + b
    case .subtract: a - b
    case .multiply: a * b
    case .divide: a / b
    case .modulo: throw EvaluationFailure(.noSuchOverload, "`%` does not apply to `double`")
    }
  }
}

final class Negation: Instruction {
  private let operand: any Instruction
  private let offset: Int

  init(_ operand: any Instruction, offset: Int) {
    self.operand = operand
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    switch try operand.evaluate(&frame) {
    case .int(.min): throw EvaluationFailure(.overflow, "the result of `-` is out of range", offset: offset)
    case .int(let value): return .int(-value)
    case .double(let value): return .double(-value)
    case .duration(let value) where value.count != .min: return .duration(Nanoseconds(-value.count))
    case let other:
      throw EvaluationFailure(.noSuchOverload, "`-` does not apply to `\(other.typeName)`", offset: offset)
    }
  }
}

/// Addition and subtraction of what is not a number.
enum Sum {
  static func combine(
    _ a: Value, _ b: Value, _ operation: Arithmetic.Operation, _ budget: inout Budget
  ) throws(EvaluationFailure) -> Value {
    let result: Value? =
      switch operation {
      case .add: try add(a, b, &budget)
      case .subtract: try subtract(a, b)
      default: nil
      }
    if let result { return result }
    let sign = operation.rawValue
    throw EvaluationFailure(.noSuchOverload, "`\(sign)` does not apply to `\(a.typeName)` and `\(b.typeName)`")
  }

  private static func add(_ a: Value, _ b: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value? {
    switch (a, b) {
    case (.string(let a), .string(let b)):
      try budget.spend(bytes: a.utf8.count + b.utf8.count)
      return .string(a + b)
    case (.bytes(let a), .bytes(let b)):
      try budget.spend(bytes: a.count + b.count)
      return .bytes(a + b)
    case (.list(let a), .list(let b)):
      try budget.spend(a.count + b.count)
      return .list(a + b)
    case (.timestamp(let moment), .duration(let length)), (.duration(let length), .timestamp(let moment)):
      return .timestamp(try inRange(moment.advanced(by: length)))
    case (.duration(let a), .duration(let b)):
      let (sum, overflow) = a.count.addingReportingOverflow(b.count)
      return .duration(try inRange(overflow ? nil : Nanoseconds(sum)))
    default: return nil
    }
  }

  private static func subtract(_ a: Value, _ b: Value) throws(EvaluationFailure) -> Value? {
    switch (a, b) {
    case (.timestamp(let a), .timestamp(let b)): return .duration(try inRange(a.distance(since: b)))
    case (.timestamp(let moment), .duration(let length)):
      let back = length.count == .min ? nil : moment.advanced(by: Nanoseconds(-length.count))
      return .timestamp(try inRange(back))
    case (.duration(let a), .duration(let b)):
      let (difference, overflow) = a.count.subtractingReportingOverflow(b.count)
      return .duration(try inRange(overflow ? nil : Nanoseconds(difference)))
    default: return nil
    }
  }

  private static func inRange<T>(_ value: T?) throws(EvaluationFailure) -> T {
    guard let value else { throw EvaluationFailure(.overflow, "the time is out of range") }
    return value
  }
}
