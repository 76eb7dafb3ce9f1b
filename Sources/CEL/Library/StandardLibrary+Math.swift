extension StandardLibrary {
  private static let numbers: [ValueType] = [.int, .uint, .double]

  static let mathExtremes: Part = [
    ("math.@max", extremes("max", better: .greater)), ("math.@min", extremes("min", better: .less)),
  ]

  private static func extremes(_ name: String, better: Order) -> [Overload] {
    let one = numbers.map {
      Overload("math_\(name)_\($0)", [$0], $0, .unary { (value, _) throws(EvaluationFailure) in value })
    }
    let two = numbers.flatMap { left in
      numbers.map { right in
        Overload(
          "math_\(name)_\(left)_\(right)", [left, right], left == right ? left : .dyn,
          .binary { (a, b, _) throws(EvaluationFailure) in Number.order(b, a) == better ? b : a })
      }
    }
    let lists = numbers.map { element in
      Overload(
        "math_\(name)_list_\(element)", [.list(element)], element,
        .unary { (value, budget) throws(EvaluationFailure) in
          let elements = list(value)
          try budget.spend(elements.count)
          guard let first = elements.first else { throw invalid("the list is empty") }
          guard elements.allSatisfy(isNumber) else { throw invalid("the list holds more than numbers") }
          return elements.reduce(first) { Number.order($1, $0) == better ? $1 : $0 }
        })
    }
    return one + two + lists
  }

  private static func isNumber(_ value: Value) -> Bool { numbers.contains { $0.accepts(value) } }

  static let mathRounding: Part = [
    real("ceil") { $0.rounded(.up) }, real("floor") { $0.rounded(.down) },
    real("round") { $0.rounded(.toNearestOrAwayFromZero) }, real("trunc") { $0.rounded(.towardZero) },
    test("isNaN") { $0.isNaN }, test("isInf") { $0.isInfinite }, test("isFinite") { $0.isFinite },
    ("math.abs", numbers.map { Overload("math_abs_\($0)", [$0], $0, .unary(magnitude)) }),
    ("math.sign", numbers.map { Overload("math_sign_\($0)", [$0], $0, .unary(sign)) }),
    ("math.sqrt", numbers.map { Overload("math_sqrt_\($0)", [$0], .double, .unary(squareRoot)) }),
  ]

  private static func real(
    _ name: String, _ compute: @escaping @Sendable (Double) -> Double
  ) -> (name: String, overloads: [Overload]) {
    let implementation: Overload.Implementation = .unary { (v, _) throws(EvaluationFailure) in
      .double(compute(double(v)))
    }
    return ("math.\(name)", [Overload("math_\(name)_double", [.double], .double, implementation)])
  }

  private static func test(
    _ name: String, _ holds: @escaping @Sendable (Double) -> Bool
  ) -> (name: String, overloads: [Overload]) {
    let implementation: Overload.Implementation = .unary { (v, _) throws(EvaluationFailure) in .bool(holds(double(v))) }
    return ("math.\(name)", [Overload("math_\(name)_double", [.double], .bool, implementation)])
  }

  @Sendable private static func magnitude(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    switch value {
    case .int(.min): throw EvaluationFailure(.overflow, "the result of `math.abs` is out of range")
    case .int(let number): .int(abs(number))
    case .double(let number): .double(number.magnitude)
    default: value
    }
  }

  @Sendable private static func sign(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    switch value {
    case .int(let number): .int(number.signum())
    case .uint(let number): .uint(number == 0 ? 0 : 1)
    case .double(let number): .double(number.isNaN || number == 0 ? number : number < 0 ? -1 : 1)
    default: value
    }
  }

  @Sendable private static func squareRoot(_ value: Value, _ budget: inout Budget) throws(EvaluationFailure) -> Value {
    switch value {
    case .int(let number): .double(Double(number).squareRoot())
    case .uint(let number): .double(Double(number).squareRoot())
    default: .double(double(value).squareRoot())
    }
  }
}
