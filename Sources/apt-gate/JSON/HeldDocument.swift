import GateModel

/// What `held --json` prints. Described by docs/protocols/held.schema.json.
struct HeldDocument {
  var holds: [Hold]
  var owed: [RecordedRestart]

  static let schema = "apt-gate/held/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "holds": .array(holds.map(\.json)),
      "owedRestarts": .array(
        owed.map {
          ["unit": .string($0.unit), "since": .string($0.since.description), "sources": .strings($0.sources)]
        }),
    ]
  }
}
