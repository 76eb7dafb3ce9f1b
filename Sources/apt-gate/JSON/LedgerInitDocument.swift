import GateModel
import LedgerLog

/// What `ledger init` prints. Described by docs/protocols/ledger-init.schema.json.
struct LedgerInitDocument {
  /// The database.
  var path: String
  var key: VerifierKey
  /// Whether there was none before.
  var isNew: Bool

  static let schema = "apt-gate/ledger-init/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema), "ledger": .string(path), "new": .bool(isNew),
      "verifierKey": .string(key.description),
    ]
  }

  var text: String {
    let place = DisplayText.line(path)
    return """
      \(isNew ? "The ledger \(place) begins." : "The ledger \(place) is there already.")
      Its verifier key, to be kept elsewhere: \(key)

      """
  }
}
