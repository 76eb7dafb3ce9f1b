import GateModel

/// What `inspect --json` prints. Described by docs/protocols/inspect.schema.json.
struct InspectDocument {
  var inspection: Inspection

  static let schema = "apt-gate/inspect/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "package": .string(inspection.package),
      "version": .string(inspection.version.text),
      "from": .optional(inspection.from?.text),
      "effects": .array(inspection.effects.map(\.json)),
      "source": .string(inspection.source),
      "architecture": .string(inspection.architecture),
      "calls": .array(inspection.calls.map(\.json)),
      "notes": .strings(inspection.notes),
    ]
  }
}
