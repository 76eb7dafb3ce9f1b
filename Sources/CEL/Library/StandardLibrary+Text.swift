extension StandardLibrary {
  static let textConversions: Part = [
    (
      "string",
      [
        ValueType.string, .bool, .int, .uint, .double, .bytes, .timestamp, .duration, .ip, .cidr,
      ].map { Overload("\($0)_to_string", [$0], .string, .unary(toString)) }
    ),
    (
      "bytes",
      [
        Overload("bytes_to_bytes", [.bytes], .bytes, .unary { (value, _) throws(EvaluationFailure) in value }),
        Overload(
          "string_to_bytes", [.string], .bytes,
          .unary { (value, budget) throws(EvaluationFailure) in
            let text = text(value)
            try budget.spend(bytes: text.utf8.count)
            return .bytes(Array(text.utf8))
          }),
      ]
    ),
  ]

  @Sendable private static func toString(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    switch value {
    case .string: return value
    case .bytes(let bytes):
      try budget.spend(bytes: bytes.count)
      guard let text = String(validating: bytes, as: UTF8.self) else { throw invalid("the bytes are not UTF-8") }
      return .string(text)
    default:
      guard let text = Format.scalar(value) else { throw invalid("`\(value.typeName)` has no text") }
      return .string(text)
    }
  }

  static let stringTests: Part = [
    ("startsWith", [test("starts_with_string") { $0.starts(with: $1) }]),
    ("endsWith", [test("ends_with_string") { $0.reversed().starts(with: $1.reversed()) }]),
    (
      "contains",
      [
        test("contains_string") { TextSearch.first($1, in: Array($0), from: 0) != nil }
      ]
    ),
    (
      "matches",
      [false, true].map {
        Overload(
          "matches_\($0)", [.string, .string], .bool, isMember: $0,
          .binary { (subject, pattern, budget) throws(EvaluationFailure) in
            .bool(try Pattern.compile(text(pattern), &budget).matches(text(subject), &budget))
          })
      }
    ),
  ]

  private static func test(_ id: String, _ holds: @escaping @Sendable (String.UTF8View, String.UTF8View) -> Bool)
    -> Overload
  {
    Overload(
      id, [.string, .string], .bool, isMember: true,
      .binary { (a, b, budget) throws(EvaluationFailure) in
        let (a, b) = (text(a), text(b))
        try budget.spend(bytes: a.utf8.count + b.utf8.count)
        return .bool(holds(a.utf8, b.utf8))
      })
  }
}

/// Search in UTF-8, in time linear in both texts (Knuth, Morris and Pratt).
enum TextSearch {
  /// Offset of the first occurrence at or after `start`.
  static func first(_ needle: some Collection<UInt8>, in text: [UInt8], from start: Int) -> Int? {
    let needle = Array(needle)
    guard !needle.isEmpty else { return start <= text.count ? start : nil }
    guard start < text.count else { return nil }
    let borders = borders(needle)
    var matched = 0
    for position in start..<text.count {
      while matched > 0, text[position] != needle[matched] { matched = borders[matched - 1] }
      if text[position] == needle[matched] { matched += 1 }
      if matched == needle.count { return position - matched + 1 }
    }
    return nil
  }

  /// For each prefix the length of its longest proper prefix that is also its suffix.
  private static func borders(_ needle: [UInt8]) -> [Int] {
    var result = [0]
    var length = 0
    for position in needle.indices.dropFirst() {
      while length > 0, needle[position] != needle[length] { length = result[length - 1] }
      if needle[position] == needle[length] { length += 1 }
      result.append(length)
    }
    return result
  }
}
