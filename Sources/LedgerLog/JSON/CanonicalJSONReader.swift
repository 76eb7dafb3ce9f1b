public import GateModel

/// Reads JSON that is in the canonical form of RFC 8785, and nothing else.
///
/// It shares nothing with ``CanonicalJSON``, which writes: that what it accepts is canonical is its own judgement. Any
/// other text of the same value, with a space, another escape or another order of keys, is refused, so that an entry has
/// one form only.
public struct CanonicalJSONReader {
  /// Deeper values are refused, so that no input exhausts the stack.
  static let deepest = 64

  let bytes: [UInt8]
  var position = 0
  private var depth = 0

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The value of all of `bytes`.
  public static func value(of bytes: [UInt8]) throws(LedgerLogError) -> JSONValue {
    var reader = CanonicalJSONReader(bytes)
    let value = try reader.value()
    guard reader.position == bytes.count else { throw reader.failure("something follows the value") }
    return value
  }

  func failure(_ what: String) -> LedgerLogError {
    LedgerLogError(.notCanonical, "not canonical JSON at byte \(position): \(what)")
  }

  /// The byte at the position; 0, which JSON never has, at the end.
  var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func value() throws(LedgerLogError) -> JSONValue {
    switch current {
    case UInt8(ascii: "{"): return .object(try nested { reader throws(LedgerLogError) in try reader.members() })
    case UInt8(ascii: "["): return .array(try nested { reader throws(LedgerLogError) in try reader.elements() })
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func nested<Value>(
    _ read: (inout Self) throws(LedgerLogError) -> Value
  ) throws(LedgerLogError) -> Value {
    guard depth < Self.deepest else { throw failure("nested over \(Self.deepest) deep") }
    depth += 1
    position += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(LedgerLogError) -> JSONValue {
    let count = word.utf8CodeUnitCount
    let fits = word.withUTF8Buffer { bytes.dropFirst(position).starts(with: $0) }
    guard fits else { throw failure("no value begins here") }
    position += count
    return value
  }

  private mutating func elements() throws(LedgerLogError) -> [JSONValue] {
    var elements: [JSONValue] = []
    while try !ends(with: UInt8(ascii: "]"), isFirst: elements.isEmpty) { elements.append(try value()) }
    return elements
  }

  private mutating func members() throws(LedgerLogError) -> [JSONMember] {
    var members: [JSONMember] = []
    while try !ends(with: UInt8(ascii: "}"), isFirst: members.isEmpty) {
      guard current == UInt8(ascii: "\"") else { throw failure("no key begins here") }
      let key = try string()
      if let last = members.last?.key, !Self.precedes(last, key) {
        throw failure("keys are not in their order, or repeated")
      }
      guard current == UInt8(ascii: ":") else { throw failure("no colon after a key") }
      position += 1
      members.append(JSONMember(key: key, value: try value()))
    }
    return members
  }

  /// By UTF-16 code units (RFC 8785, section 3.2.3). Below U+D800, where nearly all keys are, that is the order of UTF-8.
  private static func precedes(_ one: String, _ other: String) -> Bool {
    let isLow: (UInt8) -> Bool = { $0 < 0xED }
    if one.utf8.allSatisfy(isLow), other.utf8.allSatisfy(isLow) {
      return one.utf8.lexicographicallyPrecedes(other.utf8)
    }
    return one.utf16.lexicographicallyPrecedes(other.utf16)
  }

  /// Steps over the end of a list, or over the comma before its next item.
  private mutating func ends(with close: UInt8, isFirst: Bool) throws(LedgerLogError) -> Bool {
    if current == close {
      position += 1
      return true
    }
    if isFirst { return false }
    guard current == UInt8(ascii: ",") else { throw failure("no comma between two values") }
    position += 1
    return false
  }
}
