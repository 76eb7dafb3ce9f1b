internal import GateModel

/// The one place where text becomes CSV. Source: RFC 4180.
///
/// Every field is in quotes. A field that a spreadsheet would take for a formula gets an apostrophe before it, and
/// characters that move a cursor or reorder a line become visible escapes, so that the file is harmless in both.
public enum CSVText {
  /// A whole file: each line ends with CR LF (section 2.1).
  static func file(of table: ReportTable) -> String {
    var file = table.columns.map(\.key).map(quoted).joined(separator: ",") + "\r\n"
    for row in table.rows { file += row.map { quoted(text(of: $0)) }.joined(separator: ",") + "\r\n" }
    return file
  }

  /// A line of fields that other people wrote.
  public static func line(_ fields: [String]) -> String {
    fields.map { quoted(foreign($0)) }.joined(separator: ",") + "\r\n"
  }

  /// Unknown is written as `unknown`; what there is none of is empty. Times are RFC 3339, durations days.
  private static func text(of cell: ReportCell) -> String {
    switch cell {
    case .text(let text): foreign(text)
    case .word(let word): word
    case .list(let texts): foreign(texts.joined(separator: " "))
    case .number(let number): String(number)
    case .time(let time): time.description
    case .duration(let duration): ReportWords.days(of: duration)
    case .unknown: "unknown"
    case .none: ""
    }
  }

  static func quoted(_ text: String) -> String {
    let hasQuotes = text.utf8.contains(UInt8(ascii: "\""))
    return "\"" + (hasQuotes ? text.replacing("\"", with: "\"\"") : text) + "\""
  }

  /// What other people wrote.
  public static func foreign(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return "" }
    return (startsFormula(first) ? "'" : "") + DisplayText.line(text)
  }

  /// The characters that begin a formula, their full-width forms, and white space that spreadsheets drop before them.
  /// Source: OWASP, CSV Injection.
  private static func startsFormula(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "\n", " ", "\u{a0}", "|", "%": true
    case "\u{ff1d}", "\u{ff0b}", "\u{ff0d}", "\u{ff20}", "\u{2212}": true
    default: scalar.value < 0x20
    }
  }
}
