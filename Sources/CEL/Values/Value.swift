/// A value of the Common Expression Language.
///
/// Scalars are stored in the value itself; strings, lists and maps are shared, never copied on assignment. Two values
/// are compared with `isEqual(to:)`, which follows CEL's heterogeneous equality; `Value` is deliberately not `Equatable`.
public enum Value: Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case list([Value])
  case map(MapValue)
  /// A type as a value, by its name as `type()` gives it, for example `int` or `google.protobuf.Timestamp`.
  case type(String)
  case timestamp(Timestamp)
  case duration(Nanoseconds)
  /// `optional.of(x)`, or `optional.none()` where it holds nothing.
  indirect case optional(Value?)
  indirect case ip(IPAddress)
  indirect case cidr(IPPrefix)
}

extension Value {
  /// The name of the value's runtime type, as `type()` gives it.
  public var typeName: String {
    switch self {
    case .null: "null_type"
    case .bool: "bool"
    case .int: "int"
    case .uint: "uint"
    case .double: "double"
    case .string: "string"
    case .bytes: "bytes"
    case .list: "list"
    case .map: "map"
    case .type: "type"
    case .timestamp: TypeName.timestamp
    case .duration: TypeName.duration
    case .optional: TypeName.optional
    case .ip: TypeName.ip
    case .cidr: TypeName.cidr
    }
  }

  /// Whether the value is the zero of its type, the question `optional.ofNonZeroValue` asks.
  public var isZero: Bool {
    switch self {
    case .null: true
    case .bool(let value): !value
    case .int(let value): value == 0
    case .uint(let value): value == 0
    case .double(let value): value == 0
    case .string(let value): value.isEmpty
    case .bytes(let value): value.isEmpty
    case .list(let value): value.isEmpty
    case .map(let value): value.isEmpty
    case .timestamp(let value): value.seconds == 0 && value.nanoseconds == 0
    case .duration(let value): value.count == 0
    case .optional(let value): value == nil
    case .type, .ip, .cidr: false
    }
  }
}

/// The names of types that are not keywords of the language.
enum TypeName {
  static let timestamp = "google.protobuf.Timestamp"
  static let duration = "google.protobuf.Duration"
  static let optional = "optional_type"
  static let ip = "net.IP"
  static let cidr = "net.CIDR"
}
