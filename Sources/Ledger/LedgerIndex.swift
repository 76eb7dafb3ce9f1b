internal import GRDB
internal import LedgerLog

/// The table `state`: what the entries come to, kept in the transaction that appends them.
enum LedgerIndex {
  static func apply(_ change: IndexChange, to database: Database) throws {
    switch change {
    case .set(let topic, let key, let sequence):
      try database.execute(
        sql: "INSERT OR REPLACE INTO state VALUES (?, ?, ?)", arguments: [topic.rawValue, key, sequence])
    case .setIfAbsent(let topic, let key, let sequence):
      try database.execute(
        sql: "INSERT OR IGNORE INTO state VALUES (?, ?, ?)", arguments: [topic.rawValue, key, sequence])
    case .remove(let topic, let key):
      try database.execute(sql: "DELETE FROM state WHERE topic = ? AND key = ?", arguments: [topic.rawValue, key])
    }
  }

  static func sequence(_ topic: IndexTopic, key: String, in database: Database) throws -> Int? {
    try Int.fetchOne(
      database, sql: "SELECT sequence FROM state WHERE topic = ? AND key = ?", arguments: [topic.rawValue, key])
  }

  /// In the order of the keys; those that begin with `prefix`.
  static func sequences(_ topic: IndexTopic, prefix: String = "", in database: Database) throws -> [Int] {
    try Int.fetchAll(
      database,
      sql: """
        SELECT sequence FROM state
        WHERE topic = ?1 AND key >= ?2 AND substr(key, 1, length(?2)) = ?2 ORDER BY key
        """,
      arguments: [topic.rawValue, prefix])
  }

  /// The whole table.
  static func all(in database: Database) throws -> [IndexTopic: [String: Int]] {
    var index: [IndexTopic: [String: Int]] = [:]
    for row in try Row.fetchAll(database, sql: "SELECT topic, key, sequence FROM state") {
      guard let topic = IndexTopic(rawValue: row[0]) else { continue }
      index[topic, default: [:]][row[1] as String] = row[2] as Int
    }
    return index
  }
}
