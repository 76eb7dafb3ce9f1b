import GateModel
import LedgerLog

/// Writes JSON (RFC 8259), indented by two spaces, keys in their order.
///
/// Every character that ``DisplayText`` calls unsafe for a terminal is written as an escape, so that even
/// raw JSON on a terminal cannot move the cursor, and reading it back gives the same text.
enum JSONWriter {
  /// `value` as text that ends with a newline.
  static func text(of value: JSONValue) -> String {
    var text = ""
    write(value, indent: "", to: &text)
    return text + "\n"
  }

  /// The object of the members that `each` gives one after the other, as text that ends with a newline.
  static func text(ofMembers each: ((JSONMember) -> Void) -> Void) -> String {
    var text = "{"
    each { member in
      text += text.utf8.count == 1 ? "\n  " : ",\n  "
      write(member, indent: "  ", to: &text)
    }
    return text + (text.utf8.count == 1 ? "}\n" : "\n}\n")
  }

  /// Appends `value` to a text whose current line is indented by `indent`.
  static func write(_ value: JSONValue, indent: String, to text: inout String) {
    switch value {
    case .null: text += "null"
    case .bool(let bool): text += bool ? "true" : "false"
    case .int(let number): text += String(number)
    case .double(let number): text += CanonicalNumber.text(of: number)
    case .string(let string): text += quoted(string)
    case .array(let elements):
      write(elements, between: ("[", "]"), indent: indent, to: &text) { element, indent, text in
        write(element, indent: indent, to: &text)
      }
    case .object(let members):
      write(members, between: ("{", "}"), indent: indent, to: &text) { member, indent, text in
        write(member, indent: indent, to: &text)
      }
    }
  }

  private static func write(_ member: JSONMember, indent: String, to text: inout String) {
    text += quoted(member.key)
    text += ": "
    write(member.value, indent: indent, to: &text)
  }

  private static func write<Item>(
    _ items: [Item], between brackets: (open: String, close: String), indent: String, to text: inout String,
    item write: (Item, String, inout String) -> Void
  ) {
    text += brackets.open
    let inner = indent + "  "
    for (index, item) in items.enumerated() {
      text += index == 0 ? "\n" : ",\n"
      text += inner
      write(item, inner, &text)
    }
    text += (items.isEmpty ? "" : "\n" + indent) + brackets.close
  }

  /// `string` in quotes.
  static func quoted(_ string: String) -> String {
    // Most texts need no escape, and Unicode's tables are slow to ask.
    let isPlain = string.utf8.allSatisfy {
      $0 >= 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
    }
    if isPlain { return "\"" + string + "\"" }
    var result = "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case " "..."~": result.unicodeScalars.append(scalar)
      default: result += DisplayText.line(String(scalar)) == String(scalar) ? String(scalar) : escaped(scalar)
      }
    }
    return result + "\""
  }

  /// JSON that another room wrote, with the same characters escaped: they can only stand in its strings.
  static func safe(_ json: String) -> String {
    var result = ""
    for scalar in json.unicodeScalars {
      let isSafe = scalar.isASCII || DisplayText.line(String(scalar)) == String(scalar)
      if isSafe { result.unicodeScalars.append(scalar) } else { result += escaped(scalar) }
    }
    return result
  }

  /// `\uXXXX`, or a pair of them for a character beyond the first plane.
  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    UTF16.encode(scalar).map { units in
      units.map { unit in
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    } ?? ""
  }
}
