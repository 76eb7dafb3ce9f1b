import Glibc

/// Values as text.
enum Format {
  /// The text `string()` gives; `nil` for what it does not take.
  static func scalar(_ value: Value) -> String? {
    switch value {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .uint(let value): String(value)
    case .double(let value): double(value)
    case .string(let value): value
    case .type(let name): name
    case .timestamp(let value): value.description
    case .duration(let value): value.description
    case .ip(let value): value.description
    case .cidr(let value): value.description
    case .bytes, .list, .map, .optional: nil
    }
  }

  /// The shortest digits that read back as the number.
  static func double(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A value for an error message, cut short.
  static func short(_ value: Value) -> String {
    let text = scalar(value) ?? value.typeName
    return text.unicodeScalars.count <= 64
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(64))) + "..."
  }

  /// Bytes as text, with U+FFFD for each run of bytes that is not UTF-8.
  static func repaired(_ bytes: [UInt8]) -> String {
    var result = String.UnicodeScalarView()
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var isInError = false
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        result.append(scalar)
        isInError = false
      case .error:
        if !isInError { result.append("\u{FFFD}") }
        isInError = true
      case .emptyInput: return String(result)
      }
    }
  }

  /// C's `%.*f` or `%.*e`: the only correctly rounded decimals at hand without a library.
  static func decimals(_ value: Double, precision: Int, exponent: Bool) -> String {
    var buffer = [CChar](repeating: 0, count: 400 + precision)
    let length = withVaList([Int32(precision), value]) {
      vsnprintf(&buffer, buffer.count, exponent ? "%.*e" : "%.*f", $0)
    }
    let bytes = buffer.prefix(max(0, min(Int(length), buffer.count - 1))).map { UInt8(bitPattern: $0) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension Value {
  /// The text `%s` gives: elements in brackets, maps sorted by their keys' text, strings as they are.
  func displayText(_ budget: inout Budget) throws(EvaluationFailure) -> String {
    try budget.spend(1)
    switch self {
    case .list(let elements):
      var parts: [String] = []
      for element in elements { parts.append(try element.displayText(&budget)) }
      return try Value.joined(parts, "[", "]", &budget)
    case .map(let map):
      var parts: [String] = []
      for position in map.keys.indices {
        let key = try map.keys[position].displayText(&budget)
        parts.append("\(key): \(try map.values[position].displayText(&budget))")
      }
      return try Value.joined(parts.sorted(by: CodePoints.isLess), "{", "}", &budget)
    case .bytes(let bytes):
      try budget.spend(bytes: bytes.count)
      return Format.repaired(bytes)
    default:
      guard let text = Format.scalar(self) else {
        throw EvaluationFailure(.invalidArgument, "`\(typeName)` cannot be formatted")
      }
      return text
    }
  }

  private static func joined(
    _ parts: [String], _ open: String, _ close: String, _ budget: inout Budget
  ) throws(EvaluationFailure) -> String {
    try budget.spend(bytes: parts.reduce(0) { $0 + $1.utf8.count + 2 })
    return open + parts.joined(separator: ", ") + close
  }
}
