/// `a.b`, `a.?b` and `has(a.b)`.
final class Selection: Instruction {
  private let operand: any Instruction
  private let field: String
  private let mode: Expression.SelectMode
  private let offset: Int

  init(_ operand: any Instruction, _ field: String, _ mode: Expression.SelectMode, offset: Int) {
    self.operand = operand
    self.field = field
    self.mode = mode
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1 + field.utf8.count >> 4)
    switch try operand.evaluate(&frame) {
    case .map(let map):
      if let value = map[name: field] { return found(value) }
      if mode != .plain { return missing }
      throw EvaluationFailure(.noSuchKey, "there is no `\(field)`", offset: offset)
    case .optional(let inner): return try select(inOptional: inner)
    case let other: throw noFields(other)
    }
  }

  private func found(_ value: Value) -> Value {
    switch mode {
    case .plain: value
    case .optional: .optional(value)
    case .test: .bool(true)
    }
  }

  private var missing: Value { mode == .test ? .bool(false) : .optional(nil) }

  /// A selection goes on inside an optional and gives an optional again.
  private func select(inOptional inner: Value?) throws(EvaluationFailure) -> Value {
    switch inner {
    case nil: return missing
    case .map(let map):
      guard let value = map[name: field] else { return missing }
      return mode == .test ? .bool(true) : .optional(value)
    case let other?: throw noFields(other)
    }
  }

  private func noFields(_ value: Value) -> EvaluationFailure {
    EvaluationFailure(.noSuchOverload, "`\(value.typeName)` has no fields", offset: offset)
  }
}

/// `a[b]` and `a[?b]`.
final class Indexing: Instruction {
  private let operand: any Instruction
  private let index: any Instruction
  private let isOptional: Bool
  private let offset: Int

  init(_ operand: any Instruction, _ index: any Instruction, isOptional: Bool, offset: Int) {
    self.operand = operand
    self.index = index
    self.isOptional = isOptional
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1)
    let container = try operand.evaluate(&frame)
    let key = try index.evaluate(&frame)
    try frame.budget.spend(reading: key)
    if case .optional(let inner) = container {
      guard let inner else { return container }
      return .optional(try Self.look(up: key, in: inner, offset))
    }
    let found = try Self.look(up: key, in: container, offset)
    if isOptional { return .optional(found) }
    if let found { return found }
    if case .list = container { throw EvaluationFailure(.noSuchKey, "the index is out of range", offset: offset) }
    throw EvaluationFailure(.noSuchKey, "there is no such key", offset: offset)
  }

  private static func look(up key: Value, in container: Value, _ offset: Int) throws(EvaluationFailure) -> Value? {
    switch container {
    case .map(let map):
      guard MapKey(key) != nil || key.isDouble else {
        throw EvaluationFailure(.noSuchOverload, "a map has no keys of type `\(key.typeName)`", offset: offset)
      }
      return map[key: key]
    case .list(let elements):
      guard let position = position(key) else {
        throw EvaluationFailure(.noSuchOverload, "a list's index is a whole number", offset: offset)
      }
      return elements.indices.contains(position) ? elements[position] : nil
    default:
      throw EvaluationFailure(.noSuchOverload, "`\(container.typeName)` has no elements", offset: offset)
    }
  }

  /// Any number without decimals is an index; those too large for one are out of range.
  private static func position(_ key: Value) -> Int? {
    switch key {
    case .int(let value): Int(value)
    case .uint(let value): Int(clamping: value)
    case .double(let value): Int(exactly: value)
    default: nil
    }
  }
}

extension Value {
  fileprivate var isDouble: Bool { if case .double = self { true } else { false } }
}
