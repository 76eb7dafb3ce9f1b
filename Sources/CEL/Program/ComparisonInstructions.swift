/// An instruction that holds one value against another; an explanation shows both.
protocol Comparing: Instruction {
  var compared: (left: any Instruction, right: any Instruction) { get }
}

/// `==` and `!=`.
final class Equality: Comparing {
  private let left: any Instruction
  private let right: any Instruction
  private let isNegated: Bool
  private let offset: Int

  init(_ left: any Instruction, _ right: any Instruction, isNegated: Bool, offset: Int) {
    self.left = left
    self.right = right
    self.isNegated = isNegated
    self.offset = offset
  }

  var compared: (left: any Instruction, right: any Instruction) { (left, right) }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value { .bool(try evaluateBool(&frame)) }

  func evaluateBool(_ frame: inout Frame) throws(EvaluationFailure) -> Bool {
    try frame.budget.spend(1)
    let a = try left.evaluate(&frame)
    let b = try right.evaluate(&frame)
    do { return try a.equals(b, &frame.budget) != isNegated } catch { throw error.at(offset) }
  }
}

/// `<`, `<=`, `>` and `>=`.
final class Ordering: Comparing {
  enum Relation: Sendable { case less, lessOrEqual, greater, greaterOrEqual }

  private let left: any Instruction
  private let right: any Instruction
  private let relation: Relation
  private let offset: Int

  init(_ left: any Instruction, _ right: any Instruction, _ relation: Relation, offset: Int) {
    self.left = left
    self.right = right
    self.relation = relation
    self.offset = offset
  }

  var compared: (left: any Instruction, right: any Instruction) { (left, right) }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value { .bool(try evaluateBool(&frame)) }

  func evaluateBool(_ frame: inout Frame) throws(EvaluationFailure) -> Bool {
    try frame.budget.spend(1)
    let a = try left.evaluate(&frame)
    let b = try right.evaluate(&frame)
    if case .string(let text) = a { try frame.budget.spend(bytes: text.utf8.count) }
    if case .bytes(let bytes) = a { try frame.budget.spend(bytes: bytes.count) }
    guard let order = a.order(b) else {
      throw EvaluationFailure(.noSuchOverload, "`\(a.typeName)` and `\(b.typeName)` have no order", offset: offset)
    }
    switch relation {
    case .less: return order == .less
    case .lessOrEqual: return order == .less || order == .equal
    case .greater: return order == .greater
    case .greaterOrEqual: return order == .greater || order == .equal
    }
  }
}

/// `in`: an element of a list or a key of a map.
final class Membership: Comparing {
  private let element: any Instruction
  private let container: any Instruction
  private let offset: Int

  init(_ element: any Instruction, _ container: any Instruction, offset: Int) {
    self.element = element
    self.container = container
    self.offset = offset
  }

  var compared: (left: any Instruction, right: any Instruction) { (element, container) }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    let wanted = try element.evaluate(&frame)
    switch try container.evaluate(&frame) {
    case .list(let elements):
      for candidate in elements {
        try frame.budget.spend(1)
        if try wanted.equals(candidate, &frame.budget) { return .bool(true) }
      }
      return .bool(false)
    case .map(let map):
      try frame.budget.spend(reading: wanted)
      return .bool(map[key: wanted] != nil)
    case let other:
      throw EvaluationFailure(.noSuchOverload, "`in` does not apply to `\(other.typeName)`", offset: offset)
    }
  }
}
