import GateModel
import LedgerLog

/// What `ledger list` prints for people: a line for each entry, wrapped below its own column. The entries of one run of apt
/// stand together below a line that sums them up.
struct LedgerListText {
  var entries: [LedgerEntry]
  var layout: TextLayout

  /// A time and two spaces; the longest kind and two spaces.
  private static let timeColumns = 22
  private static let kindColumns = 21

  var text: String {
    let lines = LedgerRuns(entries).parts.flatMap(rows) + [CountText.of(entries.count, "entry", "entries")]
    return lines.map { $0 + "\n" }.joined()
  }

  private func rows(_ part: LedgerRuns.Part) -> [String] {
    guard part.steps > 1, let first = part.entries.first else { return part.entries.flatMap(row) }
    let failures = part.failures == 0 ? "" : "; \(part.failures) not as meant"
    let summary = "a run of apt in \(part.steps) steps: \(part.sources.joined(separator: ", "))\(failures)"
    let head = layout.labelled(
      ColumnText.padded(first.time.description, to: Self.timeColumns), summary, indent: Self.timeColumns,
      rendition: .bold)
    return head + part.entries.flatMap(row)
  }

  private func row(_ entry: LedgerEntry) -> [String] {
    let head = ColumnText.padded(entry.time.description, to: Self.timeColumns)
    let kind = ColumnText.padded(entry.kind.rawValue, to: Self.kindColumns)
    let person = entry.actor.map { " (\($0.name))" } ?? ""
    let summary = "#\(entry.sequence) \(LedgerEntrySummary(body: entry.body).text)\(person)"
    return layout.labelled(head + kind, summary, indent: Self.timeColumns + Self.kindColumns)
  }
}
