internal import GateModel

/// A table as markup: a caption, headings with their scope, the first cell of a row as its heading.
struct TableMarkup {
  let table: ReportTable
  /// Of the caption; no other element of the page has it.
  private let id: String

  init(table: ReportTable, id: String? = nil) {
    self.table = table
    self.id = id ?? "caption-\(table.name)"
  }

  /// A page with more rows than this helps nobody; the CSV has them all.
  static let mostRows = 2000

  var html: HTML {
    if table.rows.isEmpty { return "<p>\(table.empty)</p>" }
    let heads = table.columns.map { column -> HTML in "<th scope=\"col\">\(column.heading)</th>" }
    let rows = table.rows.prefix(Self.mostRows).map(row)
    return """
      <div class="scroll" role="region" tabindex="0" aria-labelledby="\(id)">
      <table>
      <caption id="\(id)">\(table.caption)</caption>
      <thead><tr>\(heads)</tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>
      \(rest)
      """
  }

  private var rest: HTML {
    let count = table.rows.count - Self.mostRows
    return count > 0
      ? "<p>\(count) more rows are in the CSV: <code>--format csv --table \(table.name)</code>.</p>" : ""
  }

  private func row(_ cells: [ReportCell]) -> HTML {
    let marked = cells.enumerated().map { index, cell -> HTML in
      index == 0
        ? "<th scope=\"row\">\(Self.cell(cell))</th>" : "<td\(Self.attributes(of: cell))>\(Self.cell(cell))</td>"
    }
    return "<tr>\(marked)</tr>\n"
  }

  private static func attributes(of cell: ReportCell) -> HTML {
    switch cell {
    case .number, .duration: " class=\"number\""
    case .text(let text): isLong(text) ? " class=\"long\"" : " class=\"short\""
    case .unknown: " class=\"unknown\""
    default: ""
    }
  }

  /// What stands in a cell. Other people's words are isolated: the direction of their script does not reach beyond them.
  static func cell(_ cell: ReportCell) -> HTML {
    switch cell {
    case .text(let text): "<bdi>\(text)</bdi>"
    case .word(let word): "\(word)"
    case .list(let texts): list(texts)
    case .number(let number): "\(number)"
    case .time(let time): "<time datetime=\"\(time.description)\">\(short(time))</time>"
    case .duration(let duration): "\(ReportWords.text(of: duration))"
    case .unknown: "<em>unknown</em>"
    case .none: "<span aria-label=\"none\">–</span>"
    }
  }

  /// Whether a text may be broken into lines; a name or a version is not.
  private static func isLong(_ text: String) -> Bool { text.unicodeScalars.count > 32 }

  /// A list that is longer than this is folded away.
  private static let longestList = 8

  private static func list(_ texts: [String]) -> HTML {
    let items = texts.map { text -> HTML in
      isLong(text) ? "<li class=\"long\"><bdi>\(text)</bdi></li>" : "<li><bdi>\(text)</bdi></li>"
    }
    if texts.count <= longestList { return "<ul>\(items)</ul>" }
    return """
      <ul>\(Array(items.prefix(longestList)))</ul><details><summary>\(texts.count - longestList) more</summary>\
      <ul>\(Array(items.dropFirst(longestList)))</ul></details>
      """
  }

  /// `2026-11-21 10:55`.
  static func short(_ time: Timestamp) -> String {
    let text = time.description
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
  }
}
