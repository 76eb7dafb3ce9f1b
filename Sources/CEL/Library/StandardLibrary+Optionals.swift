extension StandardLibrary {
  static let optionals: Part = [
    (
      "optional.of",
      [Overload("optional_of", [a], .optional(a), .unary { (v, _) throws(EvaluationFailure) in .optional(v) })]
    ),
    (
      "optional.ofNonZeroValue",
      [
        Overload(
          "optional_ofNonZeroValue", [a], .optional(a),
          .unary { (value, _) throws(EvaluationFailure) in .optional(value.isZero ? nil : value) })
      ]
    ),
    (
      "optional.none",
      [Overload("optional_none", [], .optional(a), .many { (_, _) throws(EvaluationFailure) in .optional(nil) })]
    ),
    (
      "hasValue",
      [
        Overload(
          "optional_hasValue", [.optional(a)], .bool, isMember: true,
          .unary { (value, _) throws(EvaluationFailure) in .bool(held(value) != nil) })
      ]
    ),
    (
      "value",
      [
        Overload(
          "optional_value", [.optional(a)], a, isMember: true,
          .unary { (value, _) throws(EvaluationFailure) in
            guard let held = held(value) else { throw invalid("the optional holds nothing") }
            return held
          })
      ]
    ),
    ("or", [Overload("optional_or_optional", [.optional(a), .optional(a)], .optional(a), isMember: true)]),
    ("orValue", [Overload("optional_orValue_value", [.optional(a), a], a, isMember: true)]),
    ("optional.unwrap", [Overload("optional_unwrap", [.list(.optional(a))], .list(a), .unary(unwrap))]),
    ("unwrapOpt", [Overload("optional_unwrapOpt", [.list(.optional(a))], .list(a), isMember: true, .unary(unwrap))]),
    (
      "first",
      [
        Overload(
          "list_first", [.list(a)], .optional(a), isMember: true,
          .unary { (value, _) throws(EvaluationFailure) in .optional(list(value).first) })
      ]
    ),
    (
      "last",
      [
        Overload(
          "list_last", [.list(a)], .optional(a), isMember: true,
          .unary { (value, _) throws(EvaluationFailure) in .optional(list(value).last) })
      ]
    ),
  ]

  private static func held(_ value: Value) -> Value? { if case .optional(let held) = value { held } else { nil } }

  @Sendable private static func unwrap(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    let elements = list(value)
    try budget.spend(elements.count)
    var result: [Value] = []
    for element in elements {
      guard case .optional(let held) = element else { throw invalid("the list holds more than optionals") }
      if let held { result.append(held) }
    }
    return .list(result)
  }
}
