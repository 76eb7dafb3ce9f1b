internal import GateModel

/// Members of an object of an entry; those without a value are left out.
struct BodyWriter {
  private(set) var members: [JSONMember] = []

  init(_ members: (String, JSONValue?)...) {
    self.members = members.compactMap { key, value in value.map { JSONMember(key: key, value: $0) } }
  }

  var json: JSONValue { .object(members) }
}

extension JSONValue {
  static func text(_ text: String?) -> JSONValue? { text.map(JSONValue.string) }
  static func time(_ time: Timestamp) -> JSONValue { .string(time.description) }
  static func numbers(_ numbers: [Int]) -> JSONValue { .array(numbers.map { JSONValue.number($0) }) }
  static func flag(_ flag: Bool?) -> JSONValue? { flag.map(JSONValue.bool) }
  static func objects(_ objects: [JSONValue]?) -> JSONValue? { objects.map(JSONValue.array) }
  static func count(_ number: Int?) -> JSONValue? { number.map { JSONValue.number($0) } }
}
