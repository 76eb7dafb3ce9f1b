import Documents
import GateModel
import Policy

/// What `policy check --json` prints. Described by docs/protocols/policy-check.schema.json.
struct PolicyCheckDocument {
  var check: PolicyCheck

  static let schema = "apt-gate/policy-check/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "passed": .bool(check.errors == 0),
      "diagnostics": .array(check.diagnostics.map(\.json)),
      "policies": .number(check.policies),
      "rules": .number(check.rules),
      "errors": .number(check.errors),
      "warnings": .number(check.warnings),
    ]
  }
}

extension Diagnostic {
  /// One element of `diagnostics`.
  var json: JSONValue {
    [
      "severity": .string(severity.rawValue),
      "code": .string(code.rawValue),
      "file": .string(file),
      "line": .number(position.line),
      "column": .number(position.column),
      "message": .string(message),
      "suggestion": .optional(suggestion),
      "text": .optional(sourceLine),
    ]
  }
}
