/// A number as ECMAScript writes it. Source: RFC 8785, section 3.2.2.3; ECMA-262, Number::toString.
public enum CanonicalNumber {
  /// The shortest decimal that reads back as `number`; `null` for what JSON has no number for.
  public static func text(of number: Double) -> String {
    guard number.isFinite else { return "null" }
    if number == 0 { return "0" }
    let (digits, exponent) = decimal(number.magnitude)
    return (number < 0 ? "-" : "") + text(digits: digits, exponent: exponent)
  }

  /// `number` is 0.DIGITS times ten to the `exponent`; the digits neither begin nor end with a zero.
  ///
  /// Swift's description has the shortest digits that read back, as ECMAScript asks for, in another layout.
  private static func decimal(_ number: Double) -> (digits: [Character], exponent: Int) {
    let parts = number.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let written = Array(parts[0].filter { $0 != "." })
    let leading = written.prefix { $0 == "0" }.count
    var digits = Array(written[leading...])
    while digits.last == "0" { digits.removeLast() }
    let power = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return (digits, mantissa[0].count - leading + power)
  }

  /// The cases of Number::toString, step 5 onwards, with its n as `exponent`.
  private static func text(digits: [Character], exponent: Int) -> String {
    let count = digits.count
    switch exponent {
    case count...21 where count <= exponent:
      return String(digits) + String(repeating: "0", count: exponent - count)
    case 1...21:
      return String(digits[..<exponent]) + "." + String(digits[exponent...])
    case -5...0:
      return "0." + String(repeating: "0", count: -exponent) + String(digits)
    default:
      let fraction = count > 1 ? "." + String(digits[1...]) : ""
      return "\(digits[0])\(fraction)e\(exponent > 0 ? "+" : "-")\((exponent - 1).magnitude)"
    }
  }
}
