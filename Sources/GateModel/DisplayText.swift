/// Text from packages, made safe for a terminal and for one line.
///
/// Package fields, maintainer scripts and file names are written by strangers: control characters
/// (terminal escapes among them) and characters that reorder a line never reach a terminal.
public enum DisplayText {
  /// `text` with every control, format and separator character that could move the cursor, change
  /// colours or reorder the line replaced by a visible escape such as `\u{1b}`; newlines included.
  public static func line(_ text: String) -> String {
    // Most texts are of printable ASCII, which is safe; Unicode's tables are slow to ask.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
    guard text.unicodeScalars.contains(where: isUnsafe) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\t" {
        result += " "
      } else if isUnsafe(scalar) {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}
