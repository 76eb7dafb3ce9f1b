/// `all` and `exists`: a deciding element wins over errors of the others, whatever their order.
final class Quantifier: Instruction {
  private let walk: Walk
  private let deciding: Bool

  init(_ walk: Walk, deciding: Bool) {
    self.walk = walk
    self.deciding = deciding
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value { .bool(try evaluateBool(&frame)) }

  func evaluateBool(_ frame: inout Frame) throws(EvaluationFailure) -> Bool {
    let items = try walk.items(&frame)
    var failure: EvaluationFailure?
    for position in 0..<items.count {
      try walk.load(items, position, &frame)
      do {
        if try walk.test(&frame) == deciding { return deciding }
      } catch {
        guard error.isAbsorbable else { throw error }
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return !deciding
  }
}

/// `exists_one`: every element is looked at, and any error is the result.
final class ExistsOne: Instruction {
  private let walk: Walk
  init(_ walk: Walk) { self.walk = walk }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    let items = try walk.items(&frame)
    var count = 0
    for position in 0..<items.count {
      try walk.load(items, position, &frame)
      if try walk.test(&frame) { count += 1 }
    }
    return .bool(count == 1)
  }
}

/// `map`, `filter` and `transformList`.
final class ListTransformation: Instruction {
  private let walk: Walk
  init(_ walk: Walk) { self.walk = walk }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    let items = try walk.items(&frame)
    var result: [Value] = []
    for position in 0..<items.count {
      try walk.load(items, position, &frame)
      guard try walk.passesFilter(&frame) else { continue }
      result.append(try walk.body.evaluate(&frame))
    }
    return .list(result)
  }
}

/// `transformMap` and `transformMapEntry`.
final class MapTransformation: Instruction {
  private let walk: Walk
  /// Whether the body gives a map to be merged, rather than the value of the same key.
  private let bodyIsEntry: Bool

  init(_ walk: Walk, bodyIsEntry: Bool) {
    self.walk = walk
    self.bodyIsEntry = bodyIsEntry
  }

  func evaluate(_ frame: inout Frame) throws(EvaluationFailure) -> Value {
    let items = try walk.items(&frame)
    var result = MapValue()
    for position in 0..<items.count {
      try walk.load(items, position, &frame)
      guard try walk.passesFilter(&frame) else { continue }
      let value = try walk.body.evaluate(&frame)
      do {
        if bodyIsEntry {
          try merge(value, into: &result, &frame.budget)
        } else {
          try result.add(items.keys?[position] ?? .int(Int64(position)), value, &frame.budget)
        }
      } catch {
        throw error.at(walk.offset)
      }
    }
    return .map(result)
  }

  private func merge(_ value: Value, into map: inout MapValue, _ budget: inout Budget) throws(EvaluationFailure) {
    guard case .map(let entries) = value else {
      throw EvaluationFailure(.noSuchOverload, "expected a map, found `\(value.typeName)`")
    }
    try budget.spend(entries.count)
    for position in entries.keys.indices { try map.add(entries.keys[position], entries.values[position], &budget) }
  }
}
