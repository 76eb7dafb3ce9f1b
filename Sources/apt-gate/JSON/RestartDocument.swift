import GateModel

/// What `restart --json` prints. Described by docs/protocols/restart.schema.json.
struct RestartDocument {
  var report: RestartReport

  static let schema = "apt-gate/restart/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "unit": .string(report.unit),
      "outcome": .string(report.outcome.rawValue),
      "sources": .strings(report.sources),
      "lost": .number(report.lost),
      "restored": .number(report.restored),
      "problem": .optional(report.problem),
      "decisions": .array(
        report.decisions.map { decision in
          [
            "verdict": .string(decision.verdict.rawValue), "decidedBy": .strings(decision.decidedBy),
            "message": .optional(decision.message), "clearsWhen": .optional(decision.clearsWhen),
          ]
        }),
    ]
  }
}
