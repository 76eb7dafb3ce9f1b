extension Value {
  /// Whether two values are equal as CEL's `==` has it: numbers across their types by amount, NaN equals nothing, values
  /// of other different types are not equal, lists in order, maps by key.
  ///
  /// Compares at most a million values; larger ones count as not equal. `Program`s charge their own budget instead.
  public func isEqual(to other: Value) -> Bool {
    var budget = Budget(steps: 1_000_000)
    return (try? equals(other, &budget)) ?? false
  }

  func equals(_ other: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Bool {
    switch (self, other) {
    case (.int(let a), .int(let b)): return a == b
    case (.string(let a), .string(let b)):
      try budget.spend(bytes: min(a.utf8.count, b.utf8.count))
      return CodePoints.areEqual(a, b)
    case (.bool(let a), .bool(let b)): return a == b
    case (.null, .null): return true
    case (.list(let a), .list(let b)): return try Self.areEqual(a, b, &budget)
    case (.map(let a), .map(let b)): return try Self.areEqual(a, b, &budget)
    case (.optional(let a), .optional(let b)): return try Self.areEqual(a, b, &budget)
    case (.bytes(let a), .bytes(let b)):
      try budget.spend(bytes: min(a.count, b.count))
      return a == b
    default: return equalsScalar(other)
    }
  }

  private func equalsScalar(_ other: Value) -> Bool {
    switch (self, other) {
    case (.type(let a), .type(let b)): a == b
    case (.timestamp(let a), .timestamp(let b)): a == b
    case (.duration(let a), .duration(let b)): a == b
    case (.ip(let a), .ip(let b)): a == b
    case (.cidr(let a), .cidr(let b)): a == b
    default: Number.order(self, other) == .equal
    }
  }

  private static func areEqual(_ a: [Value], _ b: [Value], _ budget: inout Budget) throws(EvaluationFailure) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.indices {
      try budget.spend(1)
      guard try a[index].equals(b[index], &budget) else { return false }
    }
    return true
  }

  private static func areEqual(_ a: MapValue, _ b: MapValue, _ budget: inout Budget) throws(EvaluationFailure) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.keys.indices {
      try budget.spend(2)
      try budget.spend(reading: a.keys[index])
      guard let other = b[key: a.keys[index]], try a.values[index].equals(other, &budget) else { return false }
    }
    return true
  }

  private static func areEqual(_ a: Value?, _ b: Value?, _ budget: inout Budget) throws(EvaluationFailure) -> Bool {
    guard let a, let b else { return a == nil && b == nil }
    try budget.spend(1)
    return try a.equals(b, &budget)
  }
}
