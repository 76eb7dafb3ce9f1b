extension ValueType {
  /// Reads a type as `description` writes it, for example `map(string, dyn)`.
  ///
  /// A name without parameters that is no type is a type parameter where it is a single capital letter, and else a
  /// record. `nil` for text that is no type, and for types nested more than 32 deep.
  public init?(text: String) {
    var reader = TypeReader(text: text)
    guard let type = reader.type(depth: 0), reader.isAtEnd else { return nil }
    self = type
  }
}

private struct TypeReader {
  private var rest: Substring

  init(text: String) { rest = text[...] }

  var isAtEnd: Bool { rest.allSatisfy(\.isWhitespace) }

  mutating func type(depth: Int) -> ValueType? {
    guard depth < 32 else { return nil }
    skipBlanks()
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    rest = rest.dropFirst(name.count)
    guard !name.isEmpty else { return nil }
    guard let parameters = parameters(depth: depth) else { return nil }
    return Self.make(String(name), parameters)
  }

  private mutating func skipBlanks() { rest = rest.drop(while: \.isWhitespace) }

  private mutating func parameters(depth: Int) -> [ValueType]? {
    skipBlanks()
    let close: Character
    switch rest.first {
    case "(": close = ")"
    case "<": close = ">"
    default: return []
    }
    rest.removeFirst()
    var result: [ValueType] = []
    while true {
      guard let next = type(depth: depth + 1) else { return nil }
      result.append(next)
      skipBlanks()
      if rest.first == close {
        rest.removeFirst()
        return result
      }
      guard rest.first == "," else { return nil }
      rest.removeFirst()
    }
  }

  private static let plain: [String: ValueType] = [
    "null_type": .null, "null": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string,
    "bytes": .bytes, "timestamp": .timestamp, "duration": .duration, "dyn": .dyn, "any": .dyn,
    "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration, "google.protobuf.Any": .dyn,
    "google.protobuf.Value": .dyn, "google.protobuf.Struct": .map(.string, .dyn),
    "google.protobuf.ListValue": .list(.dyn), "google.protobuf.BoolValue": .wrapper(.bool),
    "google.protobuf.Int32Value": .wrapper(.int), "google.protobuf.Int64Value": .wrapper(.int),
    "google.protobuf.UInt32Value": .wrapper(.uint), "google.protobuf.UInt64Value": .wrapper(.uint),
    "google.protobuf.FloatValue": .wrapper(.double), "google.protobuf.DoubleValue": .wrapper(.double),
    "google.protobuf.StringValue": .wrapper(.string), "google.protobuf.BytesValue": .wrapper(.bytes),
    "net.IP": .ip, "net.CIDR": .cidr, "list": .list(.dyn), "map": .map(.dyn, .dyn), "type": .type(.dyn),
    "optional_type": .optional(.dyn),
  ]

  private static func make(_ name: String, _ parameters: [ValueType]) -> ValueType? {
    switch (name, parameters.count) {
    case ("list", 1): .list(parameters[0])
    case ("map", 2): .map(parameters[0], parameters[1])
    case ("type", 1): .type(parameters[0])
    case ("optional_type", 1), ("optional", 1): .optional(parameters[0])
    case ("wrapper", 1): .wrapper(parameters[0])
    case (_, 0):
      plain[name] ?? (name.count == 1 && name.first?.isUppercase == true ? .parameter(name) : .record(name))
    default: .opaque(name, parameters)
    }
  }
}
