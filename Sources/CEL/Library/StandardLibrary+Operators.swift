extension StandardLibrary {
  /// Types of what the language computes itself.
  static let operators: Part = [
    (Operator.and, [Overload("logical_and", [.bool, .bool], .bool)]),
    (Operator.or, [Overload("logical_or", [.bool, .bool], .bool)]),
    (Operator.not, [Overload("logical_not", [.bool], .bool)]),
    (Operator.negate, [Overload("negate_int64", [.int], .int), Overload("negate_double", [.double], .double)]),
    (
      Operator.add,
      [
        Overload("add_int64", [.int, .int], .int), Overload("add_uint64", [.uint, .uint], .uint),
        Overload("add_double", [.double, .double], .double), Overload("add_string", [.string, .string], .string),
        Overload("add_bytes", [.bytes, .bytes], .bytes), Overload("add_list", [.list(a), .list(a)], .list(a)),
        Overload("add_timestamp_duration", [.timestamp, .duration], .timestamp),
        Overload("add_duration_timestamp", [.duration, .timestamp], .timestamp),
        Overload("add_duration_duration", [.duration, .duration], .duration),
      ]
    ),
    (
      Operator.subtract,
      [
        Overload("subtract_int64", [.int, .int], .int), Overload("subtract_uint64", [.uint, .uint], .uint),
        Overload("subtract_double", [.double, .double], .double),
        Overload("subtract_timestamp_timestamp", [.timestamp, .timestamp], .duration),
        Overload("subtract_timestamp_duration", [.timestamp, .duration], .timestamp),
        Overload("subtract_duration_duration", [.duration, .duration], .duration),
      ]
    ),
    (
      Operator.multiply,
      [
        Overload("multiply_int64", [.int, .int], .int), Overload("multiply_uint64", [.uint, .uint], .uint),
        Overload("multiply_double", [.double, .double], .double),
      ]
    ),
    (
      Operator.divide,
      [
        Overload("divide_int64", [.int, .int], .int), Overload("divide_uint64", [.uint, .uint], .uint),
        Overload("divide_double", [.double, .double], .double),
      ]
    ),
    (
      Operator.modulo,
      [Overload("modulo_int64", [.int, .int], .int), Overload("modulo_uint64", [.uint, .uint], .uint)]
    ),
  ]

  static let comparisons: Part =
    [
      (Operator.equal, [Overload("equals", [a, a], .bool)]),
      (Operator.notEqual, [Overload("not_equals", [a, a], .bool)]),
      (Operator.isIn, [Overload("in_list", [a, .list(a)], .bool), Overload("in_map", [a, .map(a, b)], .bool)]),
      (
        Operator.index,
        [
          Overload("index_list", [.list(a), .int], a), Overload("index_map", [.map(a, b), a], b),
          Overload("optional_list_index_int", [.optional(.list(a)), .int], .optional(a)),
          Overload("optional_map_index_value", [.optional(.map(a, b)), a], .optional(b)),
        ]
      ),
      (
        Operator.optionalIndex,
        [
          Overload("list_optindex_optional_int", [.list(a), .int], .optional(a)),
          Overload("optional_list_optindex_optional_int", [.optional(.list(a)), .int], .optional(a)),
          Overload("map_optindex_optional_value", [.map(a, b), a], .optional(b)),
          Overload("optional_map_optindex_optional_value", [.optional(.map(a, b)), a], .optional(b)),
        ]
      ),
    ] + [Operator.less, Operator.lessOrEqual, Operator.greater, Operator.greaterOrEqual].map { ($0, orders) }

  /// Everything with an order, and the three number types across.
  private static var orders: [Overload] {
    let numbers: [ValueType] = [.int, .uint, .double]
    let across = numbers.flatMap { left in numbers.map { (left, $0) } }
    let same = [ValueType.bool, .string, .bytes, .timestamp, .duration].map { ($0, $0) }
    return (across + same).map { Overload("order_\($0.0)_\($0.1)", [$0.0, $0.1], .bool) }
  }

  static let sizes: Part = [
    (
      "size",
      [false, true].flatMap { isMember in
        [
          Overload("size_string_\(isMember)", [.string], .int, isMember: isMember, .unary(size)),
          Overload("size_bytes_\(isMember)", [.bytes], .int, isMember: isMember, .unary(size)),
          Overload("size_list_\(isMember)", [.list(a)], .int, isMember: isMember, .unary(size)),
          Overload("size_map_\(isMember)", [.map(a, b)], .int, isMember: isMember, .unary(size)),
        ]
      }
    )
  ]

  @Sendable private static func size(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    switch value {
    case .string(let text):
      try budget.spend(bytes: text.utf8.count)
      return .int(Int64(text.unicodeScalars.count))
    case .bytes(let bytes): return .int(Int64(bytes.count))
    case .list(let elements): return .int(Int64(elements.count))
    case .map(let map): return .int(Int64(map.count))
    default: return .int(0)
    }
  }
}
