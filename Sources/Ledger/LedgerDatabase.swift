internal import GRDB
internal import Glibc
internal import LedgerLog

/// Opens the database and makes its tables.
enum LedgerDatabase {
  static func open(_ path: String, deadline: Duration, isReadOnly: Bool = false) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = isReadOnly
    configuration.busyMode = .timeout(deadline / .seconds(1))
    configuration.prepareDatabase { database in
      // FULL: a transaction is on the disk when it is committed, in WAL mode too (sqlite.org/pragma.html#pragma_synchronous).
      // What a process that did not close the ledger leaves in the log, 800 kB at most, is read by the next one.
      try database.execute(
        sql: "PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON; PRAGMA wal_autocheckpoint = 200")
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  static func isEmpty(_ queue: DatabaseQueue, path: String) throws -> Bool {
    try queue.read { try LedgerSchema.check($0, path: path) } == 0
  }

  /// Makes the tables if there are none, and checks that the ledger is `key`'s.
  static func prepare(_ queue: DatabaseQueue, path: String, key: VerifierKey, deadline: Duration) throws {
    if try isEmpty(queue, path: path) {
      try enterWAL(queue, deadline: deadline)
      try queue.inTransaction(.immediate) { database in
        // Another process may have been first.
        guard try LedgerSchema.check(database, path: path) == 0 else { return .rollback }
        try LedgerSchema.create(in: database)
        try database.execute(sql: "INSERT INTO identity VALUES (1, ?)", arguments: [key.description])
        return .commit
      }
    }
    let own = try queue.read { try verifierKey($0, path: path) }
    guard own == key else {
      throw LedgerError(
        .keyUnusable, "the node's key is not the one of the ledger `\(path)`",
        advice: "put the key back, or move the ledger away to begin a new one")
    }
  }

  /// The mode is kept in the file. SQLite does not wait while another process does the same, so this does.
  private static func enterWAL(_ queue: DatabaseQueue, deadline: Duration) throws {
    let end = ContinuousClock.now + deadline
    while true {
      do {
        try queue.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = WAL") }
        return
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end {
        usleep(5_000)
      }
    }
  }

  static func verifierKey(_ database: Database, path: String) throws -> VerifierKey {
    guard try LedgerSchema.check(database, path: path) > 0 else {
      throw LedgerError(.missing, "the ledger `\(path)` is empty", advice: "run `apt-gate sync` as root")
    }
    guard let text = try String.fetchOne(database, sql: "SELECT verifier_key FROM identity") else {
      throw LedgerError.corrupt(path, "it does not name its key")
    }
    return try VerifierKey(text)
  }
}
