/// `[a, ?b]`.
final class ListConstruction: Instruction {
  private let elements: [(value: any Instruction, isOptional: Bool)]
  private let offset: Int

  init(_ elements: [(value: any Instruction, isOptional: Bool)], offset: Int) {
    self.elements = elements
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1 + elements.count)
    var result: [Value] = []
    result.reserveCapacity(elements.count)
    for element in elements {
      let value = try element.value.evaluate(&frame)
      guard element.isOptional else {
        result.append(value)
        continue
      }
      guard case .optional(let inner) = value else { throw EvaluationFailure.notOptional(value, offset) }
      if let inner { result.append(inner) }
    }
    return .list(result)
  }
}

/// `{a: b, ?c: d}`.
final class MapConstruction: Instruction {
  struct Entry: Sendable {
    let key: any Instruction
    let value: any Instruction
    let isOptional: Bool
  }

  private let entries: [Entry]
  private let offset: Int

  init(_ entries: [Entry], offset: Int) {
    self.entries = entries
    self.offset = offset
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    try frame.budget.spend(1 + 4 * entries.count)
    var result = MapValue()
    for entry in entries {
      let key = try entry.key.evaluate(&frame)
      var value = try entry.value.evaluate(&frame)
      if entry.isOptional {
        guard case .optional(let inner) = value else { throw EvaluationFailure.notOptional(value, offset) }
        guard let inner else { continue }
        value = inner
      }
      do { try result.add(key, value, &frame.budget) } catch { throw error.at(offset) }
    }
    return .map(result)
  }
}

extension MapValue {
  /// Adds an entry, or says why it cannot be one.
  mutating func add(_ key: Value, _ value: Value, _ budget: inout Budget) throws(EvaluationFailure) {
    try budget.spend(reading: key)
    switch insert(key, value) {
    case .inserted: break
    case .duplicateKey: throw EvaluationFailure(.duplicateKey, "the map has a key twice")
    case .unsupportedKey:
      throw EvaluationFailure(.noSuchOverload, "a map's key cannot be of type `\(key.typeName)`")
    }
  }
}

extension EvaluationFailure {
  static func notOptional(_ value: Value, _ offset: Int) -> EvaluationFailure {
    EvaluationFailure(.noSuchOverload, "expected an optional, found `\(value.typeName)`", offset: offset)
  }
}
