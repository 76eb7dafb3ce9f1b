import GateModel

/// What `doctor --json` prints. Described by docs/protocols/doctor.schema.json.
struct DoctorDocument {
  var report: DoctorReport

  static let schema = "apt-gate/doctor/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema), "healthy": .bool(report.problems == 0),
      "checks": .array(report.results.map(\.json)),
    ]
  }
}

extension DoctorResult {
  fileprivate var json: JSONValue {
    [
      "check": .string(check), "result": .string(skip != nil ? "skipped" : findings.isEmpty ? "fine" : "found"),
      "skipped": .optional(skip?.reason), "needsRoot": .bool(skip?.needsRoot ?? false),
      "findings": .array(findings.map(\.json)),
    ]
  }
}

extension DoctorFinding {
  fileprivate var json: JSONValue {
    [
      "severity": .string(severity.rawValue), "what": .string(what), "why": .string(why), "remedy": .string(remedy),
    ]
  }
}
