import Foundation

/// What happened to a scenario: what stock `ip` saw before and after, and what apt-gate had said.
struct NetworkdRun: Decodable, Sendable {
  typealias Objects = [String: [JSONTree]]

  struct Command: Decodable, Sendable {
    var status: Int32
    var output: String
    var errors: String
  }

  /// What networkd made of each link at its first and second start: `configured`, `unmanaged`, ...
  var first: [String: String]
  var second: [String: String]
  /// Lines of the scenario that the kernel refused.
  var refused: [String]
  var before: Objects
  var after: Objects
  var commands: [Command]
  var log: String

  /// Whether networkd had done with every link both times; what it would have done later is not known.
  var isSettled: Bool {
    let states = Array(first.values) + second.values
    return first["late"] == nil && second["late"] == nil && !states.contains("failed")
  }

  static func of(_ scenario: NetworkdScenario, tree: URL) async throws -> NetworkdRun {
    let script = LabFolder.script("networkd-restart")
    let command = LabCommand(
      "timeout", "--signal=KILL", "120", script, tree.path, LabFolder.program.path, input: scenario.json)
    return try JSONDecoder().decode(NetworkdRun.self, from: Data(try await command.output().utf8))
  }
}

/// JSON as it comes.
enum JSONTree: Decodable, Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([JSONTree])
  case object([String: JSONTree])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONTree].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONTree].self))
    }
  }

  subscript(key: String) -> JSONTree? { if case .object(let members) = self { members[key] } else { nil } }
  var text: String? { if case .text(let text) = self { text } else { nil } }

  /// The same without some keys of the object itself and of objects in it.
  func without(_ keys: Set<String>) -> JSONTree {
    switch self {
    case .list(let items): .list(items.map { $0.without(keys) })
    case .object(let members): .object(members.filter { !keys.contains($0.key) }.mapValues { $0.without(keys) })
    default: self
    }
  }

  /// On one line, keys sorted.
  var line: String {
    switch self {
    case .null: "null"
    case .bool(let value): String(value)
    case .number(let value): value == value.rounded() ? String(Int64(value)) : String(value)
    case .text(let text): "\"\(text)\""
    case .list(let items): "[" + items.map(\.line).joined(separator: ",") + "]"
    case .object(let members):
      "{" + members.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value.line)" }.joined(separator: ",") + "}"
    }
  }
}
