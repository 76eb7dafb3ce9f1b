import CEL

/// Values of the language in JSON: an object with one member, named after the type.
enum ValueCoding {
  struct Failure: Error { let message: String }

  /// The largest value written; one that shares its parts can be far larger than what it took to make.
  private static let outputLimit = 1_000_000
  private static let depthLimit = 500

  static func decode(_ json: JSON) throws(Failure) -> Value {
    guard case .object(let members) = json, members.count == 1 else {
      throw Failure(message: "a value is an object with one member, its type")
    }
    let (kind, content) = members[0]
    switch (kind, content) {
    case ("null", _): return .null
    case ("bool", .bool(let value)): return .bool(value)
    case ("list", .array(let elements)):
      var values: [Value] = []
      for element in elements { values.append(try decode(element)) }
      return .list(values)
    case ("map", .array(let entries)): return .map(try map(entries))
    case ("optional", _):
      if case .null = content { return .optional(nil) }
      return .optional(try decode(content))
    case (_, .string(let text)), (_, .number(let text)):
      if let value = scalar(kind, text) { return value }
    default: break
    }
    throw Failure(message: "`\(kind)` has no such value")
  }

  private static func map(_ entries: [JSON]) throws(Failure) -> MapValue {
    var result = MapValue()
    for entry in entries {
      guard let pair = entry.array, pair.count == 2 else { throw Failure(message: "a map has pairs of key and value") }
      guard result.insert(try decode(pair[0]), try decode(pair[1])) == .inserted else {
        throw Failure(message: "a map has a key twice, or one that cannot be a key")
      }
    }
    return result
  }

  private static func scalar(_ kind: String, _ text: String) -> Value? {
    switch kind {
    case "int": Int64(text).map { .int($0) }
    case "uint": UInt64(text).map { .uint($0) }
    case "double": Double(text).map { .double($0) }
    case "string": .string(text)
    case "bytes": Base64.decode(text).map { .bytes($0) }
    case "type": .type(text)
    case "timestamp": Timestamp(text: text).map { .timestamp($0) }
    case "duration": Nanoseconds(text: text).map { .duration($0) }
    case "ip": IPAddress(text: text).map { .ip($0) }
    case "cidr": IPPrefix(text: text).map { .cidr($0) }
    default: nil
    }
  }

  static func encode(_ value: Value) throws(Failure) -> JSON {
    var room = outputLimit
    return try encode(value, &room, depth: 0)
  }

  private static func encode(_ value: Value, _ room: inout Int, depth: Int) throws(Failure) -> JSON {
    room -= 1
    guard room > 0, depth < depthLimit else { throw Failure(message: "the value is too large to write") }
    switch value {
    case .null: return object("null", .bool(true))
    case .bool(let value): return object("bool", .bool(value))
    case .double(let value): return object("double", .string(text(value)))
    case .bytes(let value): return object("bytes", .string(Base64.encode(value)))
    case .string(let value): return object("string", .string(value))
    case .int(let value): return object("int", .string(String(value)))
    case .uint(let value): return object("uint", .string(String(value)))
    case .type(let name): return object("type", .string(name))
    case .timestamp(let value): return object("timestamp", .string(value.description))
    case .duration(let value): return object("duration", .string(value.description))
    case .ip(let value): return object("ip", .string(value.description))
    case .cidr(let value): return object("cidr", .string(value.description))
    case .optional(let held):
      guard let held else { return object("optional", .null) }
      return object("optional", try encode(held, &room, depth: depth + 1))
    case .list(let elements):
      var result: [JSON] = []
      for element in elements { result.append(try encode(element, &room, depth: depth + 1)) }
      return object("list", .array(result))
    case .map(let map):
      var result: [JSON] = []
      for position in map.keys.indices {
        result.append(
          .array([
            try encode(map.keys[position], &room, depth: depth + 1),
            try encode(map.values[position], &room, depth: depth + 1),
          ]))
      }
      return object("map", .array(result))
    }
  }

  private static func object(_ name: String, _ value: JSON) -> JSON { .object([(name, value)]) }

  private static func text(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    return value.description
  }
}
