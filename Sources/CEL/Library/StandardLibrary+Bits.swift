extension StandardLibrary {
  static let mathBits: Part = [
    ("math.bitAnd", bits("bitAnd") { $0 & $1 }), ("math.bitOr", bits("bitOr") { $0 | $1 }),
    ("math.bitXor", bits("bitXor") { $0 ^ $1 }),
    (
      "math.bitNot",
      [ValueType.int, .uint].map {
        Overload("math_bitNot_\($0)", [$0], $0, .unary { (v, _) throws(EvaluationFailure) in same(v, ~pattern(v)) })
      }
    ),
    ("math.bitShiftLeft", shifts("bitShiftLeft") { $0 << $1 }),
    ("math.bitShiftRight", shifts("bitShiftRight") { $0 >> $1 }),
  ]

  /// The 64 bits of an int or a uint.
  private static func pattern(_ value: Value) -> UInt64 {
    switch value {
    case .int(let number): UInt64(bitPattern: number)
    case .uint(let number): number
    default: 0
    }
  }

  /// Bits as a number of the type the value has.
  private static func same(_ value: Value, _ pattern: UInt64) -> Value {
    if case .int = value { .int(Int64(bitPattern: pattern)) } else { .uint(pattern) }
  }

  private static func bits(_ name: String, _ combine: @escaping @Sendable (UInt64, UInt64) -> UInt64) -> [Overload] {
    [ValueType.int, .uint].map {
      Overload(
        "math_\(name)_\($0)_\($0)", [$0, $0], $0,
        .binary { (a, b, _) throws(EvaluationFailure) in same(a, combine(pattern(a), pattern(b))) })
    }
  }

  /// Shifts move bits, not amounts: a negative int shifted right does not keep its sign.
  private static func shifts(_ name: String, _ shift: @escaping @Sendable (UInt64, Int64) -> UInt64) -> [Overload] {
    [ValueType.int, .uint].map {
      Overload(
        "math_\(name)_\($0)_int", [$0, .int], $0,
        .binary { (value, count, _) throws(EvaluationFailure) in
          guard int(count) >= 0 else { throw invalid("the shift \(int(count)) is negative") }
          return same(value, shift(pattern(value), int(count)))
        })
    }
  }
}
