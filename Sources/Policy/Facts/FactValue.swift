internal import Documents
public import GateModel

/// A fact as a value: what expressions see and what captures hold.
public indirect enum FactValue: Sendable, Hashable {
  case bool(Bool)
  case int(Int64)
  case string(String)
  case timestamp(Timestamp)
  case duration(Duration)
  case list([FactValue])
  case map([String: FactValue])

  static func strings(_ values: [String]) -> FactValue { .list(values.map { .string($0) }) }
}

extension FactValue: CustomStringConvertible {
  /// One line for a person; long lists are counted.
  public var description: String {
    switch self {
    case .bool(let value): String(value)
    case .int(let value): String(value)
    case .string(let value): DisplayText.line("\"\(value)\"")
    case .timestamp(let value): value.description
    case .duration(let value): DurationText.text(value)
    case .list(let values) where values.count > 3: "\(values.count) items"
    case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
    case .map(let fields):
      "{" + fields.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
    }
  }
}

extension FactValue {
  /// The value as JSON on one line. Keys are sorted, control characters escaped; moments are RFC 3339, durations
  /// are in seconds with an `s`.
  public var json: String {
    switch self {
    case .bool(let value): return String(value)
    case .int(let value): return String(value)
    case .string(let value): return Self.quoted(value)
    case .timestamp(let value): return Self.quoted(value.description)
    case .duration(let value): return Self.quoted("\(value.components.seconds)s")
    case .list(let values): return "[" + values.map(\.json).joined(separator: ",") + "]"
    case .map(let fields):
      let pairs = fields.sorted { $0.key < $1.key }.map { Self.quoted($0.key) + ":" + $0.value.json }
      return "{" + pairs.joined(separator: ",") + "}"
    }
  }

  /// RFC 8259, section 7; besides, what libyaml takes for a line break or does not print is escaped.
  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where isSpecial(scalar):
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  private static func isSpecial(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x2028...0x2029, 0xfeff, 0xfffe...0xffff: true
    default: false
    }
  }
}
