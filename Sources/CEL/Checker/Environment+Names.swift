extension Environment {
  /// What a name stands for.
  enum Resolution {
    case variable(name: String, Variable)
    case type(ValueType, name: String)
  }

  /// The names a relative name may mean, the innermost container first (langdef.md, "Name Resolution").
  func candidates(_ name: String) -> [String] {
    if name.hasPrefix(".") { return [String(name.dropFirst())] }
    var result: [String] = []
    var prefix = container[...]
    while !prefix.isEmpty {
      result.append("\(prefix).\(name)")
      prefix = prefix.lastIndex(of: ".").map { prefix[..<$0] } ?? ""
    }
    return result + [name]
  }

  func resolve(name: String) -> Resolution? {
    for candidate in candidates(name) {
      if let variable = variables[candidate] { return .variable(name: candidate, variable) }
      if let type = Self.typeNames[candidate] { return .type(type, name: candidate) }
    }
    return nil
  }

  func resolve(function name: String) -> (name: String, overloads: [Overload])? {
    for candidate in candidates(name) {
      if let overloads = functions[candidate] { return (candidate, overloads) }
    }
    return nil
  }

  /// Types that may be written as values.
  private static let typeNames: [String: ValueType] = [
    "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes,
    "list": .list(.dyn), "map": .map(.dyn, .dyn), "null_type": .null, "type": .type(.dyn), "dyn": .dyn,
    TypeName.timestamp: .timestamp, TypeName.duration: .duration, TypeName.optional: .optional(.dyn),
    TypeName.ip: .ip, TypeName.cidr: .cidr,
  ]
}
