import GateModel
import LedgerLog

/// What `ledger list` prints for people: a line for each entry, wrapped below its own column.
struct LedgerListText {
  var entries: [LedgerEntry]
  var layout: TextLayout

  /// A time and two spaces; the longest kind and two spaces.
  private static let timeColumns = 22
  private static let kindColumns = 21

  var text: String {
    let lines = entries.flatMap(row) + [CountText.of(entries.count, "entry", "entries")]
    return lines.map { $0 + "\n" }.joined()
  }

  private func row(_ entry: LedgerEntry) -> [String] {
    let head = ColumnText.padded(entry.time.description, to: Self.timeColumns)
    let kind = ColumnText.padded(entry.kind.rawValue, to: Self.kindColumns)
    let person = entry.actor.map { " (\($0.name))" } ?? ""
    let summary = "#\(entry.sequence) \(LedgerEntrySummary(body: entry.body).text)\(person)"
    return layout.labelled(head + kind, summary, indent: Self.timeColumns + Self.kindColumns)
  }
}
