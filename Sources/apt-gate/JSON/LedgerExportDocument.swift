import GateModel

/// What `ledger export` prints. Described by docs/protocols/ledger-export.schema.json.
struct LedgerExportDocument {
  var folder: String
  var entries: Int

  static let schema = "apt-gate/ledger-export/1"

  var json: JSONValue {
    ["schema": .string(Self.schema), "folder": .string(folder), "entries": .number(entries)]
  }

  var text: String {
    CountText.of(entries, "entry", "entries") + " written to " + DisplayText.line(folder) + "\n"
  }
}
