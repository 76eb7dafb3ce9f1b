/// A JSON value whose objects keep the order of their keys.
enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])
}

/// A key of a JSON object with its value.
struct JSONMember: Sendable, Hashable {
  var key: String
  var value: JSONValue
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(integerLiteral value: Int64) { self = .int(value) }
  init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { JSONMember(key: $0.0, value: $0.1) })
  }

  /// `text`, or null if there is none.
  static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// `number`, or null if there is none.
  static func optional(_ number: Int?) -> JSONValue { number.map(JSONValue.number) ?? .null }

  static func number(_ number: Int) -> JSONValue { .int(Int64(number)) }

  /// A byte count; one past what a signed number holds is given as the largest.
  static func number(_ number: UInt64) -> JSONValue { .int(Int64(clamping: number)) }

  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

  /// An object with `members` added at its end; anything else stays as it is.
  func adding(_ members: [JSONMember]) -> JSONValue {
    guard case .object(let own) = self else { return self }
    return .object(own + members)
  }
}
