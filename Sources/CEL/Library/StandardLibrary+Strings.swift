extension StandardLibrary {
  /// A string as its code points, charged for.
  private static func scalars(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> [Unicode.Scalar] {
    let text = text(value)
    try budget.spend(1 + text.utf8.count >> 2)
    return Array(text.unicodeScalars)
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> Value {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return .string(String(view))
  }

  private static func mapped(
    _ id: String, _ transform: @escaping @Sendable ([Unicode.Scalar]) -> any Sequence<Unicode.Scalar>
  ) -> [Overload] {
    let compute: Overload.Implementation = .unary { (value, budget) throws(EvaluationFailure) in
      var view = String.UnicodeScalarView()
      for scalar in transform(try scalars(value, &budget)) { view.append(scalar) }
      return .string(String(view))
    }
    return [Overload(id, [.string], .string, isMember: true, compute)]
  }

  static let stringEdits: Part = [
    ("lowerAscii", mapped("string_lower_ascii") { $0.map { ascii($0, 0x41...0x5A, 0x20) } }),
    ("upperAscii", mapped("string_upper_ascii") { $0.map { ascii($0, 0x61...0x7A, 0xFFFF_FFE0) } }),
    ("reverse", mapped("string_reverse") { $0.reversed() }),
    (
      "trim",
      mapped("string_trim") { scalars in
        let start = scalars.drop { $0.properties.isWhitespace }
        return start.prefix(
          (start.lastIndex { !$0.properties.isWhitespace } ?? start.startIndex - 1) + 1 - start.startIndex)
      }
    ),
    (
      "charAt",
      [
        Overload(
          "string_char_at_int", [.string, .int], .string, isMember: true,
          .binary { (value, index, budget) throws(EvaluationFailure) in
            let scalars = try scalars(value, &budget)
            guard let index = Int(exactly: int(index)), (0...scalars.count).contains(index) else {
              throw invalid("index \(int(index)) is out of range")
            }
            return string(scalars[index...].prefix(1))
          })
      ]
    ),
    (
      "substring",
      [
        Overload(
          "string_substring_int", [.string, .int], .string, isMember: true,
          .binary { (value, start, budget) throws(EvaluationFailure) in
            let scalars = try scalars(value, &budget)
            return try substring(scalars, int(start), Int64(scalars.count))
          }),
        Overload(
          "string_substring_int_int", [.string, .int, .int], .string, isMember: true,
          .many { (values, budget) throws(EvaluationFailure) in
            try substring(try scalars(values[0], &budget), int(values[1]), int(values[2]))
          }),
      ]
    ),
    ("strings.quote", [Overload("strings_quote", [.string], .string, .unary(quote))]),
    (
      "format",
      [
        Overload(
          "string_format", [.string, .list(.dyn)], .string, isMember: true,
          .binary { (template, values, budget) throws(EvaluationFailure) in
            var formatter = Formatter(template: text(template), arguments: list(values))
            return .string(try formatter.format(&budget))
          })
      ]
    ),
  ]

  private static func ascii(_ scalar: Unicode.Scalar, _ range: ClosedRange<UInt32>, _ shift: UInt32) -> Unicode.Scalar {
    range.contains(scalar.value) ? Unicode.Scalar(scalar.value &+ shift) ?? scalar : scalar
  }

  private static func substring(
    _ scalars: [Unicode.Scalar], _ start: Int64, _ end: Int64
  ) throws(EvaluationFailure) -> Value {
    guard start >= 0, start <= end, end <= scalars.count else { throw invalid("\(start) to \(end) is out of range") }
    return string(scalars[Int(start)..<Int(end)])
  }

  @Sendable private static func quote(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    var result = "\""
    for scalar in try scalars(value, &budget) {
      switch scalar {
      case "\u{07}": result += "\\a"
      case "\u{08}": result += "\\b"
      case "\u{0C}": result += "\\f"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0B}": result += "\\v"
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      default: result.unicodeScalars.append(scalar)
      }
    }
    return .string(result + "\"")
  }
}
