import GateModel
import LedgerLog

/// What `ledger checkpoint --json` prints. Described by docs/protocols/ledger-checkpoint.schema.json.
struct LedgerCheckpointDocument {
  var checkpoint: SignedCheckpoint
  var key: VerifierKey

  static let schema = "apt-gate/ledger-checkpoint/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "origin": .string(checkpoint.checkpoint.origin),
      "entries": .number(checkpoint.checkpoint.size),
      "root": .string(checkpoint.checkpoint.root.text),
      "verifierKey": .string(key.description),
      "note": .string(checkpoint.text),
    ]
  }
}
