internal import GateModel

/// Markup, and the one place where text becomes markup.
///
/// A literal is markup as it stands; what is interpolated into it is text, and every character that could be markup is
/// escaped. So nothing that the program did not write itself can be an element or an attribute.
public struct HTML: ExpressibleByStringInterpolation, Sendable {
  public private(set) var markup: String

  public init(stringLiteral value: String) { markup = value }
  public init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }
  private init(markup: String) { self.markup = markup }

  public struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    public init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity) }

    public mutating func appendLiteral(_ literal: String) { markup += literal }
    public mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }
    public mutating func appendInterpolation(_ number: Int) { markup += String(number) }
    public mutating func appendInterpolation(_ html: HTML) { markup += html.markup }
    public mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { markup += part.markup } }
  }

  /// `text` for an element's content or a quoted attribute. Control characters, and those that reorder a line, become
  /// visible escapes. Source: the HTML standard, section 13.3, escaping a string.
  public static func escaped(_ text: String) -> String {
    // Most texts are words and numbers.
    if text.utf8.allSatisfy(isPlain) { return text }
    var result = ""
    for scalar in DisplayText.line(text).unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether a byte of printable ASCII is neither markup nor a quote.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): false
    default: byte >= 0x20 && byte < 0x7f
    }
  }
}
