import Ledger
import Synchronization

/// The ledgers that this process has open until it ends.
private let keptOpen = Mutex<[String: NodeLedger]>([:])

extension NodeLedger {
  /// The node's ledger, to be appended to by a hook; the same for the whole process.
  ///
  /// It is never closed: what was appended is on the disk when ``append(_:actor:at:)`` returns, and closing would only have
  /// SQLite move it from its log to the database, for which the disk is waited for another two times, and apt with it. SQLite
  /// does so every few appends, and `sync` when it closes the ledger.
  static func ofHook(_ settings: HookSettings) throws -> NodeLedger {
    try keptOpen.withLock { open in
      if let ledger = open[settings.state] { return ledger }
      let ledger = try NodeLedger.open(state: settings.state, node: NodeDescription.current().hostname)
      open[settings.state] = ledger
      return ledger
    }
  }

  /// The ledger below `state` to be read: the one that a hook has open, if it has.
  static func atHand(state: String) throws(LedgerError) -> NodeLedger {
    if let ledger = keptOpen.withLock({ $0[state] }) { return ledger }
    return try read(state: state)
  }
}
