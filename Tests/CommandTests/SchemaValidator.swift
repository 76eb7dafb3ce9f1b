import Foundation

/// The part of JSON Schema (draft 2020-12) that docs/protocols uses, and stricter in one thing: a key that
/// no schema describes is a violation, so that nothing is printed without being described.
///
/// A keyword that it does not know is a violation too: a schema cannot promise what nobody checks.
struct SchemaValidator {
  private let folder: URL
  private let annotations: Set<String> = ["$schema", "$id", "$defs", "title", "description"]

  init(folder: URL) {
    self.folder = folder
  }

  /// Every violation, each with the path of the value; empty if `value` is valid.
  func violations(of value: ParsedJSON, schema name: String) throws -> [String] {
    try check(value, Located(schema: load(name), file: name), at: "$")
  }

  /// A schema with the file that its references are relative to.
  struct Located {
    var schema: ParsedJSON
    var file: String
  }

  private func load(_ name: String) throws -> ParsedJSON {
    try ParsedJSON(String(contentsOf: folder.appending(path: name), encoding: .utf8))
  }

  private func check(_ value: ParsedJSON, _ located: Located, at path: String) throws -> [String] {
    guard case .object(let keywords) = located.schema else { return ["\(path): the schema is no object"] }
    return try keywords.sorted { $0.key < $1.key }.flatMap { keyword, argument in
      try check(value, keyword, Located(schema: argument, file: located.file), beside: keywords, at: path)
    }
  }

  private func check(
    _ value: ParsedJSON, _ keyword: String, _ argument: Located, beside: [String: ParsedJSON], at path: String
  ) throws -> [String] {
    switch keyword {
    case _ where annotations.contains(keyword): return []
    case "$ref": return try check(value, resolve(argument), at: path)
    case "anyOf": return try anyOf(value, argument, at: path)
    case "properties": return try properties(value, argument, isOpen: beside["additionalProperties"] != nil, at: path)
    case "additionalProperties": return try others(value, argument, beside: beside["properties"], at: path)
    case "items":
      return try value.elements.enumerated().flatMap { try check($1, argument, at: "\(path)[\($0)]") }
    default: return ScalarKeyword.violations(of: value, keyword, argument.schema).map { "\(path): \($0)" }
    }
  }

  private func anyOf(_ value: ParsedJSON, _ argument: Located, at path: String) throws -> [String] {
    let attempts = try argument.schema.elements.map {
      try check(value, Located(schema: $0, file: argument.file), at: path)
    }
    return attempts.contains(where: \.isEmpty) ? [] : attempts.flatMap { $0 }
  }

  private func properties(
    _ value: ParsedJSON, _ argument: Located, isOpen: Bool, at path: String
  ) throws -> [String] {
    guard case .object(let members) = value, case .object(let schemas) = argument.schema else { return [] }
    return try members.sorted { $0.key < $1.key }.flatMap { key, member in
      guard let schema = schemas[key] else { return isOpen ? [] : ["\(path).\(key): not described"] }
      return try check(member, Located(schema: schema, file: argument.file), at: "\(path).\(key)")
    }
  }

  /// Members whose names are no keywords, such as labels: each is as `argument` says.
  private func others(
    _ value: ParsedJSON, _ argument: Located, beside properties: ParsedJSON?, at path: String
  ) throws -> [String] {
    guard case .object(let members) = value else { return [] }
    return try members.sorted { $0.key < $1.key }.filter { properties?[$0.key] == nil }.flatMap { key, member in
      try check(member, argument, at: "\(path).\(key)")
    }
  }

  /// `FILE#/$defs/NAME`, FILE being the file itself if it is left out.
  private func resolve(_ reference: Located) throws -> Located {
    let parts = (reference.schema.string ?? "").split(separator: "#", omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw UnresolvedReference(text: "\(reference.schema)") }
    let file = parts[0].isEmpty ? reference.file : String(parts[0])
    let schema = try parts[1].split(separator: "/").reduce(load(file)) { schema, key in
      guard let inner = schema[String(key)] else { throw UnresolvedReference(text: "\(reference.schema)") }
      return inner
    }
    return Located(schema: schema, file: file)
  }

  struct UnresolvedReference: Error { var text: String }
}
