import Documents
import GateModel
import Policy

/// What `policy test --json` prints. Described by docs/protocols/policy-test.schema.json.
struct PolicyTestDocument {
  var suite: PolicyTestSuite

  static let schema = "apt-gate/policy-test/1"

  var json: JSONValue {
    let cases = suite.results.flatMap(\.report.outcomes)
    let failed = cases.count { !$0.passed }
    return [
      "schema": .string(Self.schema),
      "passed": .bool(suite.passed),
      "folders": .array(suite.results.map(\.json)),
      "coverage": .array(suite.coverage.map(\.json)),
      "diagnostics": .array(suite.diagnostics.map(\.json)),
      "summary": ["passed": .number(cases.count - failed), "failed": .number(failed)],
    ]
  }
}

extension PolicyTestSuite.Result {
  var json: JSONValue { ["folder": .string(folder), "cases": .array(report.outcomes.map(\.json))] }
}

extension PolicyTestReport.Outcome {
  var json: JSONValue {
    [
      "name": .string(name), "passed": .bool(passed), "failures": .strings(failures), "place": .string(place),
    ]
  }
}

extension PolicyTestReport.Coverage {
  var json: JSONValue {
    ["rule": .string(rule), "fired": .number(fired), "notFired": .number(notFired)]
  }
}
