extension StandardLibrary {
  static let stringSearches: Part = [
    ("indexOf", searches("indexOf", isLast: false)),
    ("lastIndexOf", searches("lastIndexOf", isLast: true)),
  ]

  private static func searches(_ name: String, isLast: Bool) -> [Overload] {
    [
      Overload(
        "string_\(name)_string", [.string, .string], .int, isMember: true,
        .binary { (text, wanted, budget) throws(EvaluationFailure) in
          try search(text, wanted, from: nil, isLast, &budget)
        }),
      Overload(
        "string_\(name)_string_int", [.string, .string, .int], .int, isMember: true,
        .many { (values, budget) throws(EvaluationFailure) in
          try search(values[0], values[1], from: int(values[2]), isLast, &budget)
        }),
    ]
  }

  /// The code point index of an occurrence, or -1: the first at or after `start`, or the last at or before it.
  private static func search(
    _ value: Value, _ wanted: Value, from start: Int64?, _ isLast: Bool, _ budget: inout Budget
  ) throws(EvaluationFailure) -> Value {
    let haystack = Array(text(value).unicodeScalars)
    let needle = Array(text(wanted).unicodeScalars)
    try budget.spend(1 + haystack.count + needle.count)
    let start = start ?? (isLast ? Int64(haystack.count) : 0)
    guard (0...Int64(haystack.count)).contains(start) else { throw invalid("index \(start) is out of range") }
    if needle.isEmpty { return .int(start) }
    guard needle.count <= haystack.count else { return .int(-1) }
    let last = haystack.count - needle.count
    let places = isLast ? Array((0...min(last, Int(start))).reversed()) : Array(min(Int(start), last + 1)..<(last + 1))
    for place in places where haystack[place] == needle[0] {
      try budget.spend(needle.count >> 2)
      if haystack[place..<place + needle.count].elementsEqual(needle) { return .int(Int64(place)) }
    }
    return .int(-1)
  }

  static let stringSplits: Part = [
    (
      "split",
      [
        Overload(
          "string_split_string", [.string, .string], .list(.string), isMember: true,
          .binary { (value, by, budget) throws(EvaluationFailure) in try split(value, by, limit: -1, &budget) }),
        Overload(
          "string_split_string_int", [.string, .string, .int], .list(.string), isMember: true,
          .many { (values, budget) throws(EvaluationFailure) in
            try split(values[0], values[1], limit: int(values[2]), &budget)
          }),
      ]
    ),
    (
      "replace",
      [
        Overload(
          "string_replace_string_string", [.string, .string, .string], .string, isMember: true,
          .many { (values, budget) throws(EvaluationFailure) in try replace(values, limit: -1, &budget) }),
        Overload(
          "string_replace_string_string_int", [.string, .string, .string, .int], .string, isMember: true,
          .many { (values, budget) throws(EvaluationFailure) in try replace(values, limit: int(values[3]), &budget) }),
      ]
    ),
    (
      "join",
      [
        Overload(
          "list_join", [.list(.string)], .string, isMember: true,
          .unary { (values, budget) throws(EvaluationFailure) in try join(values, "", &budget) }),
        Overload(
          "list_join_string", [.list(.string), .string], .string, isMember: true,
          .binary { (values, by, budget) throws(EvaluationFailure) in try join(values, text(by), &budget) }),
      ]
    ),
  ]

  /// The pieces between separators, at most `limit` of them where it is not negative; an empty separator splits at every
  /// code point.
  private static func pieces(
    _ value: Value, _ separator: Value, limit: Int64, _ budget: inout Budget
  ) throws(EvaluationFailure) -> [String] {
    let bytes = Array(text(value).utf8)
    let separator = Array(text(separator).utf8)
    try budget.spend(1 + bytes.count + separator.count)
    var result: [String] = []
    var start = 0
    while limit < 0 || result.count < Int(clamping: limit) - 1 {
      let place: Int?
      if separator.isEmpty {
        var next = start + 1
        while next < bytes.count, bytes[next] & 0xC0 == 0x80 { next += 1 }
        place = next < bytes.count ? next : nil
      } else {
        place = TextSearch.first(separator, in: bytes, from: start)
      }
      guard let place else { break }
      result.append(String(decoding: bytes[start..<place], as: UTF8.self))
      start = place + separator.count
    }
    if separator.isEmpty, bytes.isEmpty { return [] }
    return result + [String(decoding: bytes[start...], as: UTF8.self)]
  }

  private static func split(
    _ value: Value, _ separator: Value, limit: Int64, _ budget: inout Budget
  ) throws(EvaluationFailure) -> Value {
    if limit == 0 { return .list([]) }
    return .list(try pieces(value, separator, limit: limit, &budget).map { .string($0) })
  }

  private static func replace(_ values: [Value], limit: Int64, _ budget: inout Budget) throws(EvaluationFailure)
    -> Value
  {
    if limit == 0 { return values[0] }
    let new = text(values[2])
    var limit = limit < 0 ? limit : limit == .max ? .max : limit + 1
    // An empty text is found before, between and after all code points.
    let isEmpty = text(values[1]).isEmpty
    if isEmpty, limit > 0 { limit -= 1 }
    var pieces = try pieces(values[0], values[1], limit: limit, &budget)
    if isEmpty {
      let count = pieces.count
      pieces.insert("", at: 0)
      if limit < 0 || Int64(count) < limit { pieces.append("") }
    }
    try budget.spend(bytes: pieces.count * new.utf8.count)
    return .string(pieces.joined(separator: new))
  }

  private static func join(
    _ values: Value, _ separator: String, _ budget: inout Budget
  ) throws(EvaluationFailure) -> Value {
    var result = ""
    for (position, element) in list(values).enumerated() {
      guard case .string(let part) = element else { throw invalid("`join` wants a list of strings") }
      try budget.spend(1)
      try budget.spend(bytes: part.utf8.count + separator.utf8.count)
      if position > 0 { result += separator }
      result += part
    }
    return .string(result)
  }
}
