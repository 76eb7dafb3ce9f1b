/// A JSON value whose objects keep the order of their keys.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case int(Int64)
  /// A number that is no whole one; finite.
  case double(Double)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])
}

/// A key of a JSON object with its value.
public struct JSONMember: Sendable, Hashable {
  public var key: String
  public var value: JSONValue

  public init(key: String, value: JSONValue) {
    self.key = key
    self.value = value
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int64) { self = .int(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { JSONMember(key: $0.0, value: $0.1) })
  }
}

extension JSONValue {
  /// `text`, or null if there is none.
  public static func optional(_ text: String?) -> JSONValue { text.map(JSONValue.string) ?? .null }

  /// `number`, or null if there is none.
  public static func optional(_ number: Int?) -> JSONValue { number.map(JSONValue.number) ?? .null }

  public static func number(_ number: Int) -> JSONValue { .int(Int64(number)) }

  /// A byte count; one past what a signed number holds is given as the largest.
  public static func number(_ number: UInt64) -> JSONValue { .int(Int64(clamping: number)) }

  public static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

  /// An object with `members` added at its end; anything else stays as it is.
  public func adding(_ members: [JSONMember]) -> JSONValue {
    guard case .object(let own) = self else { return self }
    return .object(own + members)
  }

  /// The value of the first member `key` of an object; nil if there is none.
  public subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }
}
