internal import GRDB
internal import LedgerLog

/// The table `state`: what the entries come to, kept in the transaction that appends them.
///
/// SQLite's texts end at a NUL for some of its functions, so that keys lie in it without any.
enum LedgerIndex {
  static func apply(_ change: IndexChange, to database: Database) throws {
    switch change {
    case .set(let topic, let key, let sequence):
      try database.execute(
        sql: "INSERT OR REPLACE INTO state VALUES (?, ?, ?)",
        arguments: [topic.rawValue, IndexKey.stored(key), sequence])
    case .setIfAbsent(let topic, let key, let sequence):
      try database.execute(
        sql: "INSERT OR IGNORE INTO state VALUES (?, ?, ?)",
        arguments: [topic.rawValue, IndexKey.stored(key), sequence])
    case .remove(let topic, let key):
      try database.execute(
        sql: "DELETE FROM state WHERE topic = ? AND key = ?", arguments: [topic.rawValue, IndexKey.stored(key)])
    }
  }

  static func sequence(_ topic: IndexTopic, key: String, in database: Database) throws -> Int? {
    try Int.fetchOne(
      database, sql: "SELECT sequence FROM state WHERE topic = ? AND key = ?",
      arguments: [topic.rawValue, IndexKey.stored(key)])
  }

  /// In the order of the keys; those that begin with `prefix`.
  static func sequences(_ topic: IndexTopic, prefix: String = "", in database: Database) throws -> [Int] {
    try Int.fetchAll(
      database,
      sql: """
        SELECT sequence FROM state
        WHERE topic = ?1 AND key >= ?2 AND substr(key, 1, length(?2)) = ?2 ORDER BY key
        """,
      arguments: [topic.rawValue, IndexKey.stored(prefix)])
  }

  /// The whole table.
  static func all(in database: Database) throws -> [IndexTopic: [String: Int]] {
    var index: [IndexTopic: [String: Int]] = [:]
    try forEach(in: database) { index[$0, default: [:]][$1] = $2 }
    return index
  }

  /// Each row of the table, in the table's order.
  static func forEach(
    in database: Database, _ tell: (_ topic: IndexTopic, _ key: String, _ sequence: Int) -> Void
  ) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT topic, key, sequence FROM state")
    while let row = try rows.next() {
      guard let topic = IndexTopic(rawValue: row[0]) else { continue }
      tell(topic, IndexKey.read(row[1]), row[2])
    }
  }
}

/// Keys as they lie in the table: a NUL is U+0001 and `0`, and a U+0001 is itself and `1`.
enum IndexKey {
  static func stored(_ key: String) -> String {
    guard key.utf8.contains(where: { $0 < 2 }) else { return key }
    var result = String.UnicodeScalarView()
    for scalar in key.unicodeScalars {
      switch scalar.value {
      case 0: result.append(contentsOf: "\u{1}0".unicodeScalars)
      case 1: result.append(contentsOf: "\u{1}1".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  static func read(_ stored: String) -> String {
    guard stored.utf8.contains(1) else { return stored }
    var result = String.UnicodeScalarView()
    var isEscape = false
    for scalar in stored.unicodeScalars {
      if isEscape {
        result.append(scalar == "0" ? "\0" : "\u{1}")
        isEscape = false
      } else if scalar.value == 1 {
        isEscape = true
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
