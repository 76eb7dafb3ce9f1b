/// What YAML parsers take an unquoted scalar for. The union of YAML 1.1 and 1.2: what *any* of them would not
/// read as text is a trap where text is meant.
///
/// Source: yaml.org/type/{bool,int,float,null,timestamp}.html; YAML 1.2.2, section 10.3.2.
public enum PlainScalarType: Sendable, Hashable {
  case null, boolean, number, timestamp, text

  public init(_ text: String) {
    if Self.nulls.contains(text) {
      self = .null
    } else if Self.booleans.contains(text.lowercased()) {
      self = .boolean
    } else if Self.isNumber(text) {
      self = .number
    } else {
      self = Self.isTimestamp(text) ? .timestamp : .text
    }
  }

  private static let nulls: Set<String> = ["", "~", "null", "Null", "NULL"]
  private static let booleans: Set<String> = ["y", "n", "yes", "no", "true", "false", "on", "off"]
  private static let namedNumbers: Set<String> = [".inf", ".nan"]

  private static func isNumber(_ text: String) -> Bool {
    var rest = Substring(text.lowercased().filter { $0 != "_" })
    if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
    if namedNumbers.contains(String(rest)) { return true }
    guard let first = rest.first, first.isASCII, first.isNumber || first == "." else { return false }
    if rest.hasPrefix("0x") { return rest.dropFirst(2).allSatisfy(\.isHexDigit) }
    if rest.hasPrefix("0o") || rest.hasPrefix("0b") { return rest.dropFirst(2).allSatisfy(isDigit) }
    if rest.contains(":") { return isSexagesimal(rest) }
    return isDecimal(rest)
  }

  /// `22:30` is 1350 in YAML 1.1.
  private static func isSexagesimal(_ text: Substring) -> Bool {
    text.split(separator: ":", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.allSatisfy { isDigit($0) || $0 == "." }
    }
  }

  private static func isDecimal(_ text: Substring) -> Bool {
    let parts = text.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    guard let mantissa = parts.first, mantissa.contains(where: isDigit),
      mantissa.allSatisfy({ isDigit($0) || $0 == "." }), mantissa.count(where: { $0 == "." }) <= 1
    else { return false }
    guard parts.count == 2 else { return true }
    let exponent = parts[1].drop { $0 == "-" || $0 == "+" }
    return !exponent.isEmpty && exponent.allSatisfy(isDigit)
  }

  private static func isTimestamp(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 8, bytes[4] == UInt8(ascii: "-") else { return false }
    return bytes[..<4].allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  }

  private static func isDigit(_ character: Character) -> Bool { character >= "0" && character <= "9" }
}
