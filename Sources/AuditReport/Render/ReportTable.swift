internal import GateModel

/// A table of a report, from which HTML, CSV and Markdown are written.
struct ReportTable {
  /// As the command line knows it.
  var name: String
  /// One sentence: what a row is.
  var caption: String
  /// What stands in place of the table if it has no row.
  var empty: String
  var columns: [ReportColumn]
  var rows: ReportRows

  init(
    name: some RawRepresentable<String>, caption: String, empty: String, columns: [ReportColumn], rows: ReportRows
  ) {
    self.name = name.rawValue
    (self.caption, self.empty, self.columns, self.rows) = (caption, empty, columns, rows)
  }
}

/// The rows of a table, each made when it is asked for: of a hundred thousand a page shows the first ones only.
struct ReportRows: RandomAccessCollection {
  let count: Int
  private let row: (Int) -> [ReportCell]

  init<Item>(_ items: [Item], _ row: @escaping (Item) -> [ReportCell]) {
    count = items.count
    self.row = { row(items[$0]) }
  }

  var startIndex: Int { 0 }
  var endIndex: Int { count }
  subscript(place: Int) -> [ReportCell] { row(place) }
}

/// A column: its key in CSV, its heading for people, and its key in JSON where a document is written from the table.
struct ReportColumn {
  var key: String
  var heading: String
  var json: String

  init(_ key: String, _ heading: String, json: String? = nil) {
    self.key = key
    self.heading = heading
    self.json = json ?? key
  }
}

/// The tables that a report has, by the name that the command line knows.
public enum ReportTableName: String, Sendable, Hashable, CaseIterable {
  case held, deferred, exposure, cves, approvals, vetoes, transactions, restarts, policies
}

/// What stands in a place of a table.
enum ReportCell {
  /// Anyone's words: each format makes them harmless.
  case text(String)
  /// The program's own word, such as a verdict.
  case word(String)
  case list([String])
  case number(Int)
  case time(Timestamp)
  case duration(Duration)
  /// The ledger does not say.
  case unknown
  /// There is none.
  case none

  /// `text`, or `absent` if there is none.
  static func optional(_ text: String?, absent: ReportCell = .none) -> ReportCell { text.map { .text($0) } ?? absent }

  static func optional(_ time: Timestamp?, absent: ReportCell) -> ReportCell { time.map { .time($0) } ?? absent }

  /// Yes, no or unknown.
  static func flag(_ flag: Bool?) -> ReportCell { flag.map { .word($0 ? "yes" : "no") } ?? .unknown }

  static func texts(_ texts: [String]) -> ReportCell { texts.isEmpty ? .none : .list(texts) }

  /// What a run took from the network, gave back, and what is missing since.
  ///
  /// - Parameters:
  ///   - counts: nil: nobody watched, or it is not told.
  ///   - isOver: whether the run's outcome is known.
  static func network(_ counts: (lost: Int, restored: Int, missing: Int)?, isOver: Bool) -> [ReportCell] {
    guard let counts else { return Array(repeating: isOver ? .word("not watched") : .unknown, count: 3) }
    return [.number(counts.lost), .number(counts.restored), .number(counts.missing)]
  }
}

/// Durations and numbers as people read them.
enum ReportWords {
  /// Days where it is days, else hours, else minutes.
  static func text(of duration: Duration) -> String {
    let seconds = duration.components.seconds
    if seconds >= 172_800 { return "\(seconds / 86_400) days" }
    if seconds >= 7200 { return "\(seconds / 3600) hours" }
    return "\(seconds / 60) min"
  }

  /// Days with two decimals, rounded down.
  static func days(of duration: Duration) -> String {
    let hundredths = max(0, duration.components.seconds) * 100 / 86_400
    let fraction = hundredths % 100
    return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction)"
  }

  /// Such as `systemd 252.38-1 -> 252.39-1`.
  static func change(of source: String, from: String?, to: String?) -> String {
    "\(source) \(from ?? "none") -> \(to ?? "none")"
  }

  static func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
}
