internal import GRDB
internal import LedgerLog

extension NodeLedger {
  /// How many objects of the network transactions and restarts have lost in all, and how many of those came back.
  ///
  /// Added up by SQLite: a hook asks after every transaction, and a node's ledger has thousands of them.
  public func networkTotals() throws(LedgerError) -> (lost: Int, restored: Int) {
    try reading { database in
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT ifnull(sum(json_extract(json, '$.body.network.lost')), 0),
                 ifnull(sum(json_extract(json, '$.body.network.restored')), 0)
          FROM entry WHERE kind IN (?, ?) AND instr(json, '"network":') > 0
          """, arguments: [LedgerKind.transactionOutcome.rawValue, LedgerKind.restartOutcome.rawValue])
      guard let row else { return (0, 0) }
      return (row[0], row[1])
    }
  }
}
