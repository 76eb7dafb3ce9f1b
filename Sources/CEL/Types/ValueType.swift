/// A type of the Common Expression Language.
public indirect enum ValueType: Hashable, Sendable {
  case null, bool, int, uint, double, string, bytes, timestamp, duration
  /// Anything; what is done with it is checked when it is evaluated.
  case dyn
  case list(ValueType)
  case map(ValueType, ValueType)
  /// The type of a type as a value.
  case type(ValueType)
  case optional(ValueType)
  /// A scalar that may also be null.
  case wrapper(ValueType)
  /// A named record; its fields are declared with `Environment.declare(record:fields:)`. Its value is a map.
  case record(String)
  /// A named type with parameters about which only its functions know.
  case opaque(String, [ValueType])
  /// A parameter of a function's type, for example `T`.
  case parameter(String)
  /// Unknown so far, while checking.
  case variable(Int)
  /// The type of what is already reported as wrong; goes with everything.
  case error
}

extension ValueType {
  /// The type of `ip()`.
  public static let ip = ValueType.opaque(TypeName.ip, [])
  /// The type of `cidr()`.
  public static let cidr = ValueType.opaque(TypeName.cidr, [])

  /// The parts of a composite type.
  var parameters: [ValueType] {
    switch self {
    case .list(let element), .type(let element), .optional(let element), .wrapper(let element): [element]
    case .map(let key, let value): [key, value]
    case .opaque(_, let parameters): parameters
    default: []
    }
  }

  /// The type with each of its parts replaced.
  func mapParameters(_ transform: (ValueType) -> ValueType) -> ValueType {
    switch self {
    case .list(let element): .list(transform(element))
    case .type(let element): .type(transform(element))
    case .optional(let element): .optional(transform(element))
    case .wrapper(let element): .wrapper(transform(element))
    case .map(let key, let value): .map(transform(key), transform(value))
    case .opaque(let name, let parameters): .opaque(name, parameters.map(transform))
    default: self
    }
  }

  /// Whether a value of the type is `dyn` as far as the checker is concerned.
  var isDynamic: Bool { self == .dyn || self == .error }

  /// The type, or `dyn` where it is nested too deep to be of use: types are compared recursively.
  var bounded: ValueType { isDeeper(than: 32) ? .dyn : self }

  private func isDeeper(than limit: Int) -> Bool {
    limit == 0 || parameters.contains { $0.isDeeper(than: limit - 1) }
  }

  /// Whether a parameter such as `T` occurs in the type.
  var hasTypeParameter: Bool {
    if case .parameter = self { return true }
    return parameters.contains(where: \.hasTypeParameter)
  }

  /// Whether null may stand for a value of the type.
  var isNullable: Bool {
    switch self {
    case .null, .timestamp, .duration, .optional, .wrapper, .record, .opaque: true
    default: false
    }
  }
}

extension ValueType: CustomStringConvertible {
  /// The type as cel-spec's conformance suite writes it, for example `map(string, list(int))`.
  public var description: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .timestamp: "timestamp"
    case .duration: "duration"
    case .dyn: "dyn"
    case .list(let element): "list(\(element))"
    case .map(let key, let value): "map(\(key), \(value))"
    case .type(let type): "type(\(type))"
    case .optional(let type): "optional_type(\(type))"
    case .wrapper(let type): "wrapper(\(type))"
    case .record(let name), .parameter(let name): name
    case .opaque(let name, let parameters):
      parameters.isEmpty ? name : "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
    case .variable(let number): "_\(number)"
    case .error: "!error!"
    }
  }
}
