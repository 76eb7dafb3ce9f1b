import GateModel
import Ledger
import LedgerLog

/// A restart that a shield refused, as the ledger has it.
struct RecordedRestart: Sendable, Hashable {
  var unit: String
  var since: Timestamp
  /// The sources whose update asked for it.
  var sources: [String]

  /// Those of the ledger below `state`; none if there is no ledger, nil if it cannot be read by this user or is broken.
  static func all(state: String) -> [RecordedRestart]? {
    all(in: Result { () throws(LedgerError) -> NodeLedger in try NodeLedger.read(state: state) })
  }

  /// The same of a ledger that is open.
  static func all(in ledger: Result<NodeLedger, LedgerError>) -> [RecordedRestart]? {
    do {
      return try ledger.get().owedRestarts().map {
        RecordedRestart(unit: $0.record.unit, since: $0.time, sources: $0.record.sources)
      }
    } catch {
      return error.code == .missing ? [] : nil
    }
  }
}
