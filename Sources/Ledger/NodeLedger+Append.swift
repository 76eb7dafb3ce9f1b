internal import GRDB
public import GateModel
public import LedgerLog

extension NodeLedger {
  /// Appends entries as one: all of them are on the disk with a checkpoint when it returns, or none.
  ///
  /// Refuses to go on from a ledger whose tiles do not have the root of its last checkpoint, so that damage is never
  /// signed over.
  @discardableResult
  public func append(
    _ bodies: [LedgerBody], actor: LedgerActor? = nil, at time: Timestamp
  ) throws(LedgerError) -> LedgerReceipt {
    guard let signingKey else {
      throw LedgerError(.readOnly, "the ledger `\(path)` was opened to be read", advice: "open it to append")
    }
    return try LedgerError.telling(at: path) {
      var receipt: LedgerReceipt?
      try queue.inTransaction(.immediate) { database in
        var appender = try LedgerAppender(database: database, key: signingKey, path: path)
        let start = appender.size
        for body in bodies {
          try appender.append(LedgerEntry(sequence: appender.size, time: time, node: node, actor: actor, body: body))
        }
        receipt = LedgerReceipt(sequences: start..<appender.size, checkpoint: try appender.finish(at: time))
        return .commit
      }
      guard let receipt else { throw LedgerError.corrupt(path, "nothing was written") }
      return receipt
    }
  }
}
