internal import FleetStore
internal import FoundationEssentials
internal import GRDB

/// The tables, and what is asked of them.
enum StoreDatabase {
  /// `apgs`: tells this database from any other (sqlite.org/pragma.html#pragma_application_id).
  private static let applicationID = 0x6170_6773
  private static let schemaVersion = 1

  static func open(_ path: String, deadline: Duration) throws -> DatabasePool {
    var configuration = Configuration()
    configuration.busyMode = .timeout(deadline / .seconds(1))
    configuration.prepareDatabase { database in
      // FULL: a transaction is on the disk when it is committed, in WAL mode too (sqlite.org/pragma.html#pragma_synchronous).
      try database.execute(sql: "PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON")
    }
    let pool = try DatabasePool(path: path, configuration: configuration)
    try pool.write { try prepare($0, path: path) }
    return pool
  }

  private static func prepare(_ database: Database, path: String) throws {
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    if application == applicationID, version == schemaVersion { return }
    let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
    guard tables == 0 else {
      let what = application == applicationID ? "was written by a later version" : "is no store of a coordinator"
      throw FleetStoreError(.broken, "`\(path)` \(what); name another file")
    }
    try database.execute(
      sql: """
        CREATE TABLE entry (key BLOB NOT NULL PRIMARY KEY, value BLOB NOT NULL, version INTEGER NOT NULL);
        CREATE TABLE counter (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL);
        INSERT INTO counter VALUES (1, 0);
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(schemaVersion);
        """)
  }

  static func values(of keys: [String], in database: Database) throws -> [String: StoredValue] {
    var values: [String: StoredValue] = [:]
    let statement = try database.cachedStatement(sql: "SELECT value, version FROM entry WHERE key = ?")
    for key in keys {
      if let row = try Row.fetchOne(statement, arguments: [Data(key.utf8)]) { values[key] = value(row) }
    }
    return values
  }

  static let pageQuery = "SELECT value, version, key FROM entry WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3"

  static func page(of prefix: String, after: String?, limit: Int, in database: Database) throws -> StoredPage {
    let bounds = KeyBounds(prefix: prefix, after: after)
    let statement = try database.cachedStatement(sql: pageQuery)
    let rows = try Row.fetchAll(statement, arguments: [Data(bounds.from), Data(bounds.below), limit + 1])
    let entries = rows.prefix(limit).map { row in
      StoredEntry(key: String(decoding: row[2] as Data, as: UTF8.self), value: value(row))
    }
    return StoredPage(entries: Array(entries), hasMore: rows.count > limit)
  }

  /// What becomes of each of the transactions, one after the other. The count of versions is read and written once for all.
  static func apply(_ transactions: [StoreTransaction], in database: Database) throws -> [StoreOutcome] {
    let before = try Int64.fetchOne(database.cachedStatement(sql: "SELECT version FROM counter"))
    guard let before, before >= 0 else { throw FleetStoreError(.broken, "the store has lost count of its versions") }
    var version = before
    let outcomes = try transactions.map { transaction -> StoreOutcome in
      // All conditions are looked at before anything is written, so that a conflict leaves nothing to take back.
      guard try hold(transaction.conditions, in: database) else { return .conflict }
      version += 1
      for write in transaction.writes { try apply(write, version: version, in: database) }
      return .committed(version: UInt64(version))
    }
    if version != before {
      try database.cachedStatement(sql: "UPDATE counter SET version = ?").execute(arguments: [version])
    }
    return outcomes
  }

  private static func hold(_ conditions: [StoreCondition], in database: Database) throws -> Bool {
    let find = try database.cachedStatement(sql: "SELECT version FROM entry WHERE key = ?")
    return try conditions.allSatisfy { condition in
      let version = try Int64.fetchOne(find, arguments: [Data(condition.key.utf8)])
      return version == condition.version.map { Int64(bitPattern: $0) }
    }
  }

  private static func apply(_ write: StoreWrite, version: Int64, in database: Database) throws {
    switch write {
    case .put(let key, let bytes):
      try database.cachedStatement(
        sql: """
          INSERT INTO entry (key, value, version) VALUES (?1, ?2, ?3)
          ON CONFLICT (key) DO UPDATE SET value = excluded.value, version = excluded.version
          """
      ).execute(arguments: [Data(key.utf8), Data(bytes), version])
    case .delete(let key):
      try database.cachedStatement(sql: "DELETE FROM entry WHERE key = ?").execute(arguments: [Data(key.utf8)])
    }
  }

  private static func value(_ row: Row) -> StoredValue {
    StoredValue(bytes: Array(row[0] as Data), version: UInt64(bitPattern: row[1] as Int64))
  }

  static func mapped(_ error: any Error, path: String) -> FleetStoreError {
    switch error {
    case let error as FleetStoreError: error
    case let error as DatabaseError:
      FleetStoreError(code(error.resultCode), "`\(path)`: \(error.message ?? "\(error.resultCode)")")
    default: FleetStoreError(.unavailable, "`\(path)`: \(error)")
    }
  }

  private static func code(_ result: ResultCode) -> FleetStoreError.Code {
    switch result {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_READONLY, .SQLITE_AUTH: .broken
    default: .unavailable
    }
  }
}
