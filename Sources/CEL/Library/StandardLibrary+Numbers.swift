extension StandardLibrary {
  static let numberConversions: Part = [
    (
      "int",
      [ValueType.int, .uint, .double, .string, .timestamp].map { Overload("\($0)_to_int64", [$0], .int, .unary(toInt)) }
    ),
    (
      "uint", [ValueType.uint, .int, .double, .string].map { Overload("\($0)_to_uint64", [$0], .uint, .unary(toUInt)) }
    ),
    (
      "double",
      [ValueType.double, .int, .uint, .string].map { Overload("\($0)_to_double", [$0], .double, .unary(toDouble)) }
    ),
    ("bool", [ValueType.bool, .string].map { Overload("\($0)_to_bool", [$0], .bool, .unary(toBool)) }),
    ("dyn", [Overload("to_dyn", [a], .dyn, .unary { (value, _) throws(EvaluationFailure) in value })]),
    (
      "type",
      [Overload("type", [a], .type(a), .unary { (value, _) throws(EvaluationFailure) in .type(value.typeName) })]
    ),
  ]

  private static func outOfRange(_ value: Value, _ type: String) -> EvaluationFailure {
    EvaluationFailure(.overflow, "`\(Format.short(value))` is out of the range of `\(type)`")
  }

  @Sendable private static func toInt(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    switch value {
    case .uint(let number):
      if let result = Int64(exactly: number) { return .int(result) }
    case .double(let number):
      // Doubles at the edges are refused: whether they were rounded to there cannot be known.
      if number > -0x1p63, number < 0x1p63 { return .int(Int64(number)) }
    case .string(let text):
      if let result = Int64(text), isDecimal(text) { return .int(result) }
      throw invalid("`\(Format.short(value))` is not a whole number")
    case .timestamp(let moment): return .int(moment.seconds)
    default: return value
    }
    throw outOfRange(value, "int")
  }

  @Sendable private static func toUInt(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    switch value {
    case .int(let number):
      if let result = UInt64(exactly: number) { return .uint(result) }
    case .double(let number):
      if number >= 0, number < 0x1p64 { return .uint(UInt64(number)) }
    case .string(let text):
      if let result = UInt64(text), isDecimal(text) { return .uint(result) }
      throw invalid("`\(Format.short(value))` is not a whole number of zero or more")
    default: return value
    }
    throw outOfRange(value, "uint")
  }

  private static func isDecimal(_ text: String) -> Bool { text.utf8.last.map { (0x30...0x39).contains($0) } ?? false }

  @Sendable private static func toDouble(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    switch value {
    case .int(let number): return .double(Double(number))
    case .uint(let number): return .double(Double(number))
    case .string(let text):
      try budget.spend(bytes: text.utf8.count)
      if let result = Double(text) { return .double(result) }
      throw invalid("`\(Format.short(value))` is not a number")
    default: return value
    }
  }

  @Sendable private static func toBool(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    guard case .string(let text) = value else { return value }
    switch text {
    case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
    case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
    default: throw invalid("`\(Format.short(value))` is neither true nor false")
    }
  }
}
