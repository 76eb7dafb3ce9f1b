/// What all macros over lists and maps share: the range, the places of their variables, the filter and the body.
struct Walk: Sendable {
  let range: any Instruction
  let first: Int
  let second: Int?
  let filter: (any Instruction)?
  let body: any Instruction
  let offset: Int

  /// The elements to go through; a map is its keys, with the values beside them.
  struct Items {
    let keys: [Value]?
    let values: [Value]
    /// Where the range is a map and there is one variable, it goes through the keys.
    let walksKeys: Bool

    var count: Int { values.count }
  }

  func items(_ frame: inout Frame) throws(EvaluationFailure) -> Items {
    try frame.budget.spend(1)
    switch try range.evaluate(&frame) {
    case .list(let elements): return Items(keys: nil, values: elements, walksKeys: false)
    case .map(let map): return Items(keys: map.keys, values: map.values, walksKeys: second == nil)
    case let other:
      throw EvaluationFailure(.noSuchOverload, "expected a list or a map, found `\(other.typeName)`", offset: offset)
    }
  }

  /// Puts the next element into the variables' places.
  @inline(__always)
  func load(_ items: Items, _ position: Int, _ frame: inout Frame) throws(EvaluationFailure) {
    try frame.budget.spend(2)
    if let second {
      frame.locals[first] = items.keys?[position] ?? .int(Int64(position))
      frame.locals[second] = items.values[position]
    } else if items.walksKeys, let keys = items.keys {
      frame.locals[first] = keys[position]
    } else {
      frame.locals[first] = items.values[position]
    }
  }

  func passesFilter(_ frame: inout Frame) throws(EvaluationFailure) -> Bool {
    guard let filter else { return true }
    do { return try filter.evaluateBool(&frame) } catch { throw error.at(offset) }
  }

  func test(_ frame: inout Frame) throws(EvaluationFailure) -> Bool {
    do { return try body.evaluateBool(&frame) } catch { throw error.at(offset) }
  }
}
