/// The strings extension's `format`: `%s %d %f %e %b %o %x %X %%`, with a precision for `%f` and `%e`.
struct Formatter {
  private let template: [UInt8]
  private let arguments: [Value]
  private var position = 0
  private var next = 0
  private var output: [UInt8] = []
  /// Decimals one number may be given.
  private static let precisionLimit = 200

  init(template: String, arguments: [Value]) {
    self.template = Array(template.utf8)
    self.arguments = arguments
  }

  mutating func format(_ budget: inout Budget) throws(EvaluationFailure) -> String {
    try budget.spend(bytes: template.count)
    while position < template.count {
      let byte = template[position]
      position += 1
      if byte == UInt8(ascii: "%") { try clause(&budget) } else { output.append(byte) }
    }
    return String(decoding: output, as: UTF8.self)
  }

  private mutating func clause(_ budget: inout Budget) throws(EvaluationFailure) {
    let precision = try precision()
    guard position < template.count else { throw fail("the format ends in a lone `%`") }
    let verb = template[position]
    position += 1
    if verb == UInt8(ascii: "%"), precision == nil {
      output.append(verb)
      return
    }
    guard next < arguments.count else { throw fail("the format has more clauses than arguments") }
    let value = arguments[next]
    next += 1
    let text = try render(value, verb, precision ?? 6, &budget)
    try budget.spend(bytes: text.utf8.count)
    output += text.utf8
  }

  private func fail(_ message: String) -> EvaluationFailure { EvaluationFailure(.invalidArgument, message) }

  private mutating func precision() throws(EvaluationFailure) -> Int? {
    guard position < template.count, template[position] == UInt8(ascii: ".") else { return nil }
    position += 1
    let digits = template[position...].prefix { Lexer.isDigit($0) }
    position += digits.count
    guard let value = Int(String(decoding: digits, as: UTF8.self)), value <= Self.precisionLimit else {
      throw fail("the precision is a number up to \(Self.precisionLimit)")
    }
    return value
  }

  private func render(
    _ value: Value, _ verb: UInt8, _ precision: Int, _ budget: inout Budget
  ) throws(EvaluationFailure) -> String {
    let text: String? =
      switch Character(Unicode.Scalar(verb)) {
      case "s": try value.displayText(&budget)
      case "d": decimal(value)
      case "f": real(value, precision, exponent: false)
      case "e": real(value, precision, exponent: true)
      case "b": whole(value, 2)
      case "o": whole(value, 8)
      case "x": hexadecimal(value)
      case "X": hexadecimal(value)?.uppercased()
      default: throw fail("`%\(Character(Unicode.Scalar(verb)))` is not a clause; use one of s d f e b o x X")
      }
    guard let text else {
      throw fail("`%\(Character(Unicode.Scalar(verb)))` does not take `\(value.typeName)`")
    }
    return text
  }

  private func decimal(_ value: Value) -> String? {
    switch value {
    case .int, .uint, .double: Format.scalar(value)
    default: nil
    }
  }

  private func real(_ value: Value, _ precision: Int, exponent: Bool) -> String? {
    let number: Double
    switch value {
    case .double(let value): number = value
    case .int(let value): number = Double(value)
    case .uint(let value): number = Double(value)
    default: return nil
    }
    return number.isFinite ? Format.decimals(number, precision: precision, exponent: exponent) : Format.double(number)
  }

  private func whole(_ value: Value, _ radix: Int) -> String? {
    switch value {
    case .int(let number): String(number, radix: radix)
    case .uint(let number): String(number, radix: radix)
    case .bool(let flag) where radix == 2: flag ? "1" : "0"
    default: nil
    }
  }

  private func hexadecimal(_ value: Value) -> String? {
    switch value {
    case .string(let text): Self.hexadecimal(text.utf8)
    case .bytes(let bytes): Self.hexadecimal(bytes)
    default: whole(value, 16)
    }
  }

  private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
