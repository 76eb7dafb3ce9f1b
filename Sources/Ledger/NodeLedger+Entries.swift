internal import GRDB
internal import GateModel
public import LedgerLog

extension NodeLedger {
  /// How many entries there are.
  public func count() throws(LedgerError) -> Int {
    try reading { try Int.fetchOne($0, sql: "SELECT ifnull(max(sequence) + 1, 0) FROM entry") ?? 0 }
  }

  /// The entries that `filter` asks for, the oldest first.
  public func entries(_ filter: EntryFilter = EntryFilter()) throws(LedgerError) -> [LedgerEntry] {
    try reading { database in
      let rows = try String.fetchCursor(
        database, sql: "SELECT json FROM entry WHERE \(Self.condition(filter)) ORDER BY sequence DESC",
        arguments: StatementArguments(Self.arguments(filter)))
      var entries: [LedgerEntry] = []
      while entries.count < filter.limit ?? .max, let json = try rows.next() {
        let entry = try LedgerEntry(Array(json.utf8))
        if filter.source.map({ entry.body.sources.contains($0) }) ?? true { entries.append(entry) }
      }
      return entries.reversed()
    }
  }

  /// Entry `sequence`; throws if there is none.
  public func entry(_ sequence: Int) throws(LedgerError) -> LedgerEntry {
    try reading { try entry(sequence, in: $0) }
  }

  func entry(_ sequence: Int, in database: Database) throws -> LedgerEntry {
    let json = try String.fetchOne(database, sql: "SELECT json FROM entry WHERE sequence = ?", arguments: [sequence])
    guard let json else { throw LedgerError.corrupt(path, "it has no entry \(sequence)") }
    return try LedgerEntry(Array(json.utf8))
  }

  private static func condition(_ filter: EntryFilter) -> String {
    let kinds = filter.kinds.map { _ in "?" }.joined(separator: ", ")
    let parts = [
      filter.since.map { _ in "time >= ?" }, filter.until.map { _ in "time < ?" },
      filter.kinds.isEmpty ? nil : "kind IN (\(kinds))",
    ].compactMap { $0 }
    return parts.isEmpty ? "TRUE" : parts.joined(separator: " AND ")
  }

  private static func arguments(_ filter: EntryFilter) -> [String] {
    [filter.since?.description, filter.until?.description].compactMap { $0 } + filter.kinds.map(\.rawValue)
  }
}
