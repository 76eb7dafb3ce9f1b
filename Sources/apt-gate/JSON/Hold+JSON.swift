import GateModel

extension Hold {
  /// One element of `holds`.
  var json: JSONValue {
    [
      "source": .string(source),
      "versions": .strings(versions.map(\.text)),
      "verdict": .string(verdict.rawValue),
      "decidedBy": .strings(decidedBy),
      "message": .optional(message),
      "clearsWhen": .optional(clearsWhen),
      "waitsFor": .optional(waitsFor),
      "heldBy": .strings(heldBy),
      "since": .optional(since?.description),
    ]
  }
}

extension Pin {
  var json: JSONValue { ["source": .string(source), "version": .string(version.text)] }
}
