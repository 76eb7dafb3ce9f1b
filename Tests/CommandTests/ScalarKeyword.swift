import Foundation

/// Keywords of JSON Schema that look at one value and at no schema below.
enum ScalarKeyword {
  static func violations(of value: ParsedJSON, _ keyword: String, _ argument: ParsedJSON) -> [String] {
    switch keyword {
    case "type": matchesType(value, argument) ? [] : ["is not of type \(argument)"]
    case "const": value == argument ? [] : ["is not \(argument)"]
    case "enum": argument.elements.contains(value) ? [] : ["is none of \(argument)"]
    case "required": missing(value, argument).map { "has no `\($0)`" }
    case "pattern": matches(value, argument) ? [] : ["does not match \(argument)"]
    case "minLength": length(value).map { $0 < limit(argument) ? ["is too short"] : [] } ?? []
    case "minItems": count(value).map { $0 < limit(argument) ? ["has too few items"] : [] } ?? []
    case "minimum": number(value).map { $0 < limit(argument) ? ["is too small"] : [] } ?? []
    case "maximum": number(value).map { $0 > limit(argument) ? ["is too large"] : [] } ?? []
    default: ["the keyword `\(keyword)` is not checked"]
    }
  }

  private static func matchesType(_ value: ParsedJSON, _ argument: ParsedJSON) -> Bool {
    let names = argument.string.map { [$0] } ?? argument.elements.compactMap(\.string)
    return names.contains { name in
      switch (name, value) {
      case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object): true
      case ("integer", .number(let number)): number.rounded() == number
      case ("number", .number): true
      default: false
      }
    }
  }

  private static func matches(_ value: ParsedJSON, _ argument: ParsedJSON) -> Bool {
    guard let text = value.string, let pattern = argument.string else { return true }
    return text.range(of: pattern, options: .regularExpression) != nil
  }

  private static func missing(_ value: ParsedJSON, _ argument: ParsedJSON) -> [String] {
    guard case .object(let members) = value else { return [] }
    return argument.elements.compactMap(\.string).filter { members[$0] == nil }
  }

  private static func limit(_ argument: ParsedJSON) -> Double { number(argument) ?? .nan }

  private static func number(_ value: ParsedJSON) -> Double? {
    guard case .number(let number) = value else { return nil }
    return number
  }

  private static func length(_ value: ParsedJSON) -> Double? { value.string.map { Double($0.unicodeScalars.count) } }

  private static func count(_ value: ParsedJSON) -> Double? {
    guard case .array(let elements) = value else { return nil }
    return Double(elements.count)
  }
}
