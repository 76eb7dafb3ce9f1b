import GateModel
import LedgerLog

/// What `ledger list --json` prints. Described by docs/protocols/ledger-list.schema.json.
struct LedgerListDocument {
  var entries: [LedgerEntry]

  static let schema = "apt-gate/ledger-list/1"

  var json: JSONValue { ["schema": .string(Self.schema), "entries": .array(entries.map(\.json))] }
}
