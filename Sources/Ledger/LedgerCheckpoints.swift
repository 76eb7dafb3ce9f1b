internal import GRDB
internal import GateModel
internal import LedgerLog

/// The checkpoints that are kept: the last one, the last of each day, and the last that a witness signed.
///
/// Every append signs one; to keep them all would make verifying a matter of signatures, and an older one of the same
/// day proves nothing that the later one does not.
enum LedgerCheckpoints {
  static let latestSlot = "latest"
  static let witnessedSlot = "witnessed"

  static func keep(_ checkpoint: SignedCheckpoint, at time: Timestamp, in database: Database) throws {
    for slot in [latestSlot, "day \(time.description.prefix(10))"] { try keep(checkpoint, slot: slot, in: database) }
  }

  static func keep(_ checkpoint: SignedCheckpoint, slot: String, in database: Database) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO checkpoint VALUES (?, ?, ?)",
      arguments: [slot, checkpoint.checkpoint.size, checkpoint.text])
  }

  static func latest(in database: Database, verifiedBy key: VerifierKey) throws -> SignedCheckpoint? {
    try note(latestSlot, in: database).map { try SignedCheckpoint($0, verifiedBy: key) }
  }

  static func note(_ slot: String, in database: Database) throws -> [UInt8]? {
    try String.fetchOne(database, sql: "SELECT note FROM checkpoint WHERE slot = ?", arguments: [slot])
      .map { Array($0.utf8) }
  }

  /// All of them by slot, in the order of their sizes.
  static func all(in database: Database) throws -> [(slot: String, note: [UInt8])] {
    try Row.fetchAll(database, sql: "SELECT slot, note FROM checkpoint ORDER BY size, slot").map { row in
      (row[0] as String, Array((row[1] as String).utf8))
    }
  }
}
