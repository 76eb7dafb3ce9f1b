import GateModel
import Foundation

@testable import apt_gate

/// JSON as Foundation's parser reads it: a reader that shares no code with the writer.
indirect enum ParsedJSON: Hashable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([ParsedJSON])
  case object([String: ParsedJSON])

  struct Unreadable: Error {}

  init(_ text: String) throws {
    self = try Self(any: JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed))
  }

  /// What the writer was given, without the order of keys.
  init(_ value: JSONValue) {
    switch value {
    case .null: self = .null
    case .bool(let bool): self = .bool(bool)
    case .int(let number): self = .number(Double(number))
    case .double(let number): self = .number(number)
    case .string(let string): self = .string(string)
    case .array(let elements): self = .array(elements.map(Self.init))
    case .object(let members):
      self = .object(Dictionary(uniqueKeysWithValues: members.map { ($0.key, Self($0.value)) }))
    }
  }

  private init(any value: Any) throws {
    switch value {
    case is NSNull: self = .null
    case let number as NSNumber where CFBooleanLike.isBoolean(number): self = .bool(number.boolValue)
    case let number as NSNumber: self = .number(number.doubleValue)
    case let string as String: self = .string(string)
    case let array as [Any]: self = .array(try array.map(Self.init(any:)))
    case let object as [String: Any]: self = .object(try object.mapValues(Self.init(any:)))
    default: throw Unreadable()
    }
  }

  subscript(_ key: String) -> ParsedJSON? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  var elements: [ParsedJSON] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  var string: String? {
    guard case .string(let string) = self else { return nil }
    return string
  }
}

/// Tells JSON's booleans from its numbers: Foundation gives both as `NSNumber`.
enum CFBooleanLike {
  static func isBoolean(_ number: NSNumber) -> Bool { String(cString: number.objCType) == "c" }
}
