internal import GateModel

/// The one place where text becomes Markdown. Source: CommonMark 0.31, GitHub Flavored Markdown for tables.
enum MarkdownText {
  /// What other people wrote, as a code span: in it nothing is markup, a link or a mention of somebody.
  ///
  /// A backtick and a bar, which would end the span or the table's cell, become visible escapes as control characters do.
  static func foreign(_ text: String) -> String {
    let safe = DisplayText.line(text).replacing("`", with: "\\u{60}").replacing("|", with: "\\u{7c}")
    let trimmed = safe.allSatisfy { $0 == " " } ? "" : safe
    return trimmed.isEmpty ? "" : "`\(trimmed)`"
  }

  static func text(of cell: ReportCell) -> String {
    switch cell {
    case .text(let text): foreign(text)
    case .word(let word): word
    case .list(let texts): texts.map(foreign).joined(separator: ", ")
    case .number(let number): String(number)
    case .time(let time): time.description
    case .duration(let duration): ReportWords.text(of: duration)
    case .unknown: "unknown"
    case .none: "-"
    }
  }

  static func lines(of table: ReportTable, atMost most: Int = .max) -> [String] {
    guard !table.rows.isEmpty else { return [table.empty] }
    let heads = "| " + table.columns.map(\.heading).joined(separator: " | ") + " |"
    let rule = "|" + table.columns.map { _ in " --- |" }.joined()
    return [table.caption, "", heads, rule]
      + table.rows.prefix(most).map { "| " + $0.map(text).joined(separator: " | ") + " |" }
  }
}
