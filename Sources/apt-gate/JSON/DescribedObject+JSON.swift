import GateModel
import NetworkState

extension DescribedObject {
  /// The object with its keys in their order.
  var json: JSONValue { .object(members.map { JSONMember(key: $0.key, value: $0.value.json) }) }
}

extension DescribedValue {
  var json: JSONValue {
    switch self {
    case .text(let text): .string(text)
    case .number(let number): .int(number)
    case .flag(let flag): .bool(flag)
    case .null: .null
    case .list(let values): .array(values.map(\.json))
    case .object(let object): object.json
    }
  }
}

extension NetworkObjectKind {
  /// The key of a list of such objects, in every document; also the word for more than one.
  var plural: String {
    switch self {
    case .link: "links"
    case .address: "addresses"
    case .nexthop: "nexthops"
    case .route: "routes"
    case .rule: "rules"
    case .neighbour: "neighbours"
    }
  }

  /// `1 route`, `2 routes`.
  func counted(_ count: Int) -> String { CountText.of(count, rawValue, plural) }
}
