internal import GRDB

/// The tables of the ledger's database. docs/decisions/ has why it is SQLite, in WAL mode.
enum LedgerSchema {
  /// Stands in the database's `user_version`.
  static let version = 1
  /// `AGLG`, in the database's `application_id`.
  static let application = 0x4147_4C47

  /// Makes the tables. What can be derived from an entry is derived by SQLite, so that there is one truth; and an entry
  /// cannot be changed, removed or put in between without dropping a trigger first.
  static func create(in database: Database) throws {
    try database.execute(
      sql: """
        CREATE TABLE entry(
          sequence INTEGER PRIMARY KEY,
          json TEXT NOT NULL,
          kind TEXT GENERATED ALWAYS AS (json_extract(json, '$.kind')) VIRTUAL,
          time TEXT GENERATED ALWAYS AS (json_extract(json, '$.time')) VIRTUAL
        ) STRICT;
        CREATE INDEX entry_kind ON entry(kind, sequence);
        CREATE INDEX entry_time ON entry(time, sequence);
        CREATE TABLE tile(
          level INTEGER NOT NULL, number INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY(level, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE checkpoint(slot TEXT PRIMARY KEY, size INTEGER NOT NULL, note TEXT NOT NULL) STRICT;
        CREATE TABLE state(
          topic TEXT NOT NULL, key TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY(topic, key)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE identity(id INTEGER PRIMARY KEY CHECK (id = 1), verifier_key TEXT NOT NULL) STRICT;
        CREATE TRIGGER entry_follows BEFORE INSERT ON entry
          WHEN new.sequence <> (SELECT ifnull(max(sequence) + 1, 0) FROM entry)
          BEGIN SELECT raise(ABORT, 'an entry must follow the last one'); END;
        CREATE TRIGGER entry_stays BEFORE DELETE ON entry
          BEGIN SELECT raise(ABORT, 'entries cannot be removed'); END;
        CREATE TRIGGER entry_is_final BEFORE UPDATE ON entry
          BEGIN SELECT raise(ABORT, 'entries cannot be changed'); END;
        CREATE TRIGGER identity_stays BEFORE DELETE ON identity
          BEGIN SELECT raise(ABORT, 'the key cannot be removed'); END;
        CREATE TRIGGER identity_is_final BEFORE UPDATE ON identity
          BEGIN SELECT raise(ABORT, 'the key cannot be changed'); END;
        PRAGMA application_id = \(application);
        PRAGMA user_version = \(version);
        """)
  }

  /// The version of the tables; 0 if there are none. Throws for a database of another program or a later version.
  static func check(_ database: Database, path: String) throws -> Int {
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard version <= Self.version else {
      throw LedgerError(
        .newerVersion,
        "a later version of apt-gate wrote the ledger `\(path)` (schema \(version), known: \(Self.version))",
        advice: "install that version again")
    }
    if version > 0, try Int.fetchOne(database, sql: "PRAGMA application_id") != application {
      throw LedgerError.corrupt(path, "it is the database of another program")
    }
    return version
  }
}
