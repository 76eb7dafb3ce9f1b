internal import GRDB
public import GateModel
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

  /// The newest entries, and of the older ones those that the present state rests on, the oldest first; from when on they
  /// are whole, or nil if they are all there are.
  public func newestEntries(_ most: Int) throws(LedgerError) -> (entries: [LedgerEntry], whole: Timestamp?) {
    let pending = Set(try lastSync()?.record.versions ?? [])
    return try reading { database in
      let rows = try String.fetchCursor(
        database, sql: "SELECT json FROM entry ORDER BY sequence DESC LIMIT ?", arguments: [most])
      var newest: [LedgerEntry] = []
      while let json = try rows.next() { newest.append(try LedgerEntry(Array(json.utf8))) }
      newest.reverse()
      guard let first = newest.first, first.sequence > 0 else { return (newest, nil) }
      let older = try LedgerIndex.all(in: database).flatMap { topic, places in
        places.filter { key, _ in (topic != .decision && topic != .firstSeen) || pending.contains(key) }.values
      }
      let rest = try Set(older.filter { $0 < first.sequence }).sorted().map { try entry($0, in: database) }
      return (rest + newest, first.time)
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
