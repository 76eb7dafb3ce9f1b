public import GateModel

/// Writes JSON in its one canonical form. Source: RFC 8785, JSON Canonicalization Scheme.
///
/// Equal values have equal bytes, whatever the order of their keys was. Whole numbers beyond ±(2^53 - 1) are rounded as
/// section 3.2.2.3 has it; who needs them exactly writes them as strings.
public enum CanonicalJSON {
  /// The largest whole number that every reader of JSON gives back. Source: RFC 7493, section 2.2.
  static let largestInteger: Int64 = 9_007_199_254_740_991

  /// `value` in UTF-8. Of members with the same key the last counts.
  public static func bytes(of value: JSONValue) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(512)
    write(value, to: &bytes)
    return bytes
  }

  private static func write(_ value: JSONValue, to bytes: inout [UInt8]) {
    switch value {
    case .null: bytes += "null".utf8
    case .bool(let bool): bytes += (bool ? "true" : "false").utf8
    case .int(let number): bytes += text(of: number).utf8
    case .double(let number): bytes += CanonicalNumber.text(of: number).utf8
    case .string(let string): write(string, to: &bytes)
    case .array(let elements):
      list(elements, between: "[", "]", to: &bytes) { write($0, to: &$1) }
    case .object(let members):
      list(sorted(members), between: "{", "}", to: &bytes) { member, bytes in
        write(member.key, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        write(member.value, to: &bytes)
      }
    }
  }

  private static func list<Item>(
    _ items: [Item], between open: Unicode.Scalar, _ close: Unicode.Scalar, to bytes: inout [UInt8],
    item: (Item, inout [UInt8]) -> Void
  ) {
    bytes.append(UInt8(ascii: open))
    for (index, element) in items.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      item(element, &bytes)
    }
    bytes.append(UInt8(ascii: close))
  }

  /// By UTF-16 code units (section 3.2.3), without repeats.
  private static func sorted(_ members: [JSONMember]) -> [JSONMember] {
    let ordered = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
    return ordered.indices.filter { index in
      index + 1 == ordered.count || !ordered[index].key.utf16.elementsEqual(ordered[index + 1].key.utf16)
    }.map { ordered[$0] }
  }

  private static func text(of number: Int64) -> String {
    (-largestInteger...largestInteger).contains(number) ? String(number) : CanonicalNumber.text(of: Double(number))
  }

  /// Section 3.2.2.2: only what must be escaped is, in its shortest form.
  private static func write(_ string: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in string.utf8 {
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        bytes.append(byte)
      } else {
        bytes += escape(of: byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// How the character `byte` stands in a string.
  static func escape(of byte: UInt8) -> [UInt8] {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): [UInt8(ascii: "\\"), byte]
    case 0x08: Array("\\b".utf8)
    case 0x09: Array("\\t".utf8)
    case 0x0A: Array("\\n".utf8)
    case 0x0C: Array("\\f".utf8)
    case 0x0D: Array("\\r".utf8)
    default: Array("\\u00".utf8) + [hexadecimal(byte >> 4), hexadecimal(byte & 0xF)]
    }
  }

  private static func hexadecimal(_ digit: UInt8) -> UInt8 {
    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
  }
}
