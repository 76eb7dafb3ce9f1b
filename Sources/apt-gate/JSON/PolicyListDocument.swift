import Documents
import GateModel
import Policy

/// What `policy list --json` prints. Described by docs/protocols/policy-list.schema.json.
struct PolicyListDocument {
  var policies: PolicySet

  static let schema = "apt-gate/policy-list/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "policies": .array(policies.documents.map(\.json)),
      "broken": .bool(policies.brokenBy != nil),
    ]
  }
}

extension PolicyDocument {
  fileprivate var json: JSONValue {
    [
      "name": .string(name),
      "description": .optional(description),
      "file": .string(file),
      "gates": .bool(!gated.isEmpty),
      "rules": .array(rules.sorted { $0.id < $1.id }.map(\.json)),
      "escalations": .strings(escalations.map(\.id).sorted()),
    ]
  }
}

extension PolicyRule {
  fileprivate var json: JSONValue {
    [
      "id": .string(id),
      "description": .optional(description),
      "verdict": .string(effect.verdict.rawValue),
      "enforce": .string(enforcement.rawValue),
      "when": .optional(when?.text),
      "line": .number(position.line),
    ]
  }
}
