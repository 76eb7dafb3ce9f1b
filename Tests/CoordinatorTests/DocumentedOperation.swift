import CoordinatorAPI
import Foundation
import NIOHTTP1
import Testing
import Yams

/// An operation of the OpenAPI document, with a request that its schemas allow.
struct DocumentedOperation: Sendable, CustomTestStringConvertible {
  var name: String
  var method: HTTPMethod
  /// As the document has it, with its parameters' names.
  var template: String
  var path: String
  var headers: [String: String]
  /// nil if it takes none.
  var body: [UInt8]?
  var roles: Set<Role>
  /// Whether it needs no credentials.
  var isOpen: Bool

  var testDescription: String { name }

  static func document() throws -> [String: Any] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../docs/protocols/coordinator.openapi.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
    return try #require(try Yams.load(yaml: text) as? [String: Any])
  }

  /// By name.
  static func all() throws -> [DocumentedOperation] {
    let document = try document()
    let examples = ExampleValues(document)
    let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
    return try paths.flatMap { path, methods in
      try methods.map { method, operation in
        try DocumentedOperation(path, method.uppercased(), operation, examples)
      }
    }.sorted { $0.name < $1.name }
  }

  private init(_ path: String, _ method: String, _ operation: [String: Any], _ examples: ExampleValues) throws {
    name = try #require(operation["operationId"] as? String)
    self.method = HTTPMethod(rawValue: method)
    template = path
    self.path = path
    isOpen = (operation["security"] as? [Any])?.isEmpty == true
    headers = [:]
    for parameter in (operation["parameters"] as? [[String: Any]] ?? []).map(examples.resolved) {
      let (name, schema) = (parameter["name"] as? String ?? "", parameter["schema"] as? [String: Any] ?? [:])
      let value = "\(examples.value(of: schema))"
      if parameter["in"] as? String == "path" { self.path = self.path.replacing("{\(name)}", with: value) }
      if parameter["in"] as? String == "header" { headers[name] = value }
    }
    let request = (operation["requestBody"] as? [String: Any]).map(examples.resolved)
    let content = (request?["content"] as? [String: Any])?["application/json"] as? [String: Any]
    body = try (content?["schema"] as? [String: Any]).map {
      Array(try JSONSerialization.data(withJSONObject: examples.value(of: $0)))
    }
    roles = Self.roles(operation["description"] as? String ?? "")
  }

  /// `Roles: viewer, operator.`
  private static func roles(_ description: String) -> Set<Role> {
    guard let start = description.range(of: "Roles: ") else { return [] }
    let list = description[start.upperBound...].prefix { $0 != "." && $0 != ";" }
    return Set(list.split(separator: ",").compactMap { Role(rawValue: $0.trimmingCharacters(in: .whitespaces)) })
  }
}

/// Values that the document's schemas allow.
struct ExampleValues {
  private let components: [String: Any]

  /// What a pattern alone does not tell, by the schema's name.
  private static let named: [String: String] = [
    "RolloutID": "systemd=252.39-1~deb12u1", "NodeName": "node-1", "GroupName": "default", "ClientID": "aa",
    "Reason": "a reason", "Moment": "2026-10-26T07:33:20Z",
  ]

  init(_ document: [String: Any]) { components = document["components"] as? [String: Any] ?? [:] }

  /// What a `$ref` names, or the thing itself.
  func resolved(_ thing: [String: Any]) -> [String: Any] {
    guard let reference = thing["$ref"] as? String else { return thing }
    let words = reference.split(separator: "/").suffix(2).map(String.init)
    return (components[words[0]] as? [String: Any])?[words[1]] as? [String: Any] ?? [:]
  }

  func value(of schema: [String: Any]) -> Any {
    if let name = (schema["$ref"] as? String)?.split(separator: "/").last, let known = Self.named[String(name)] {
      return known
    }
    let schema = resolved(schema)
    if let fixed = schema["const"] { return fixed }
    if let first = (schema["enum"] as? [Any])?.first { return first }
    switch schema["type"] as? String {
    case "object":
      let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
      let required = schema["required"] as? [String] ?? []
      return Dictionary(uniqueKeysWithValues: required.map { ($0, value(of: properties[$0] ?? [:])) })
    case "array":
      let items = schema["items"] as? [String: Any] ?? [:]
      return (schema["minItems"] as? Int ?? 0) > 0 ? [value(of: items)] : []
    case "integer": return schema["minimum"] as? Int ?? 1
    case "boolean": return true
    default:
      if schema["contentEncoding"] as? String == "base64" { return Data("{}".utf8).base64EncodedString() }
      return schema["pattern"] as? String == "^[0-9a-f]{64}$" ? String(repeating: "a", count: 64) : "text"
    }
  }
}
