/// The result of comparing two values; `unordered` is for NaN and for values without an order between them.
enum Order: Sendable { case less, equal, greater, unordered }

/// Comparison across the three number types. Integers are compared exactly; beside a double, an integer is rounded to one, as
/// the conformance suite wants it (`9223372036854775808.0 > 9223372036854775807` is false).
enum Number {
  static func order(_ a: Value, _ b: Value) -> Order {
    switch (a, b) {
    case (.int(let a), .int(let b)): order(a, b)
    case (.uint(let a), .uint(let b)): order(a, b)
    case (.double(let a), .double(let b)): order(a, b)
    case (.int(let a), .uint(let b)): a < 0 ? .less : order(UInt64(a), b)
    case (.uint(let a), .int(let b)): b < 0 ? .greater : order(a, UInt64(b))
    case (.double(let a), .int(let b)): order(a, integer: b)
    case (.double(let a), .uint(let b)): order(a, integer: b)
    case (.int(let a), .double(let b)): order(b, integer: a).reversed
    case (.uint(let a), .double(let b)): order(b, integer: a).reversed
    default: .unordered
    }
  }

  private static func order<T: Comparable>(_ a: T, _ b: T) -> Order {
    a < b ? .less : a == b ? .equal : a > b ? .greater : .unordered
  }

  private static func order<Integer: FixedWidthInteger>(_ a: Double, integer b: Integer) -> Order {
    if a.isNaN { return .unordered }
    if a > Double(Integer.max) { return .greater }
    if a < Double(Integer.min) { return .less }
    return order(a, Double(b))
  }
}

extension Order {
  var reversed: Order {
    switch self {
    case .less: .greater
    case .greater: .less
    default: self
    }
  }
}

extension Value {
  /// The order `<` and its kin see; `nil` where the types have none.
  func order(_ other: Value) -> Order? {
    switch (self, other) {
    case (.int(let a), .int(let b)): a < b ? .less : a == b ? .equal : .greater
    case (.string(let a), .string(let b)):
      CodePoints.areEqual(a, b) ? .equal : CodePoints.isLess(a, b) ? .less : .greater
    case (.bool(let a), .bool(let b)): a == b ? .equal : b ? .less : .greater
    case (.bytes(let a), .bytes(let b)): a == b ? .equal : a.lexicographicallyPrecedes(b) ? .less : .greater
    case (.timestamp(let a), .timestamp(let b)): a < b ? .less : a == b ? .equal : .greater
    case (.duration(let a), .duration(let b)): a < b ? .less : a == b ? .equal : .greater
    case (.int, .uint), (.int, .double), (.uint, .int), (.uint, .uint), (.uint, .double), (.double, .int),
      (.double, .uint), (.double, .double):
      Number.order(self, other)
    default: nil
    }
  }
}
