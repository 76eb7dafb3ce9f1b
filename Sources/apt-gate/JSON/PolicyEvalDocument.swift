import Documents
import GateModel
import Policy

/// What `policy eval EXPRESSION --json` prints. Described by docs/protocols/policy-eval.schema.json.
struct ExpressionResultsDocument {
  var results: ExpressionResults

  static let schema = "apt-gate/policy-eval/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "expression": .string(results.expression),
      "type": .optional(results.type),
      "diagnostics": .array(results.diagnostics.map(\.json)),
      "changes": .array(results.results.map { Self.json($0.facts.change, $0.evaluation) }),
    ]
  }

  private static func json(_ change: Change, _ evaluation: ExpressionEvaluation) -> JSONValue {
    change.nameJSON.adding([
      JSONMember(key: "value", value: .optional(evaluation.value)),
      JSONMember(key: "failure", value: .optional(evaluation.failure)),
      JSONMember(key: "parts", value: .array(evaluation.parts.map(\.json))),
    ])
  }
}

/// What `policy eval --json` prints. Described by docs/protocols/policy-verdicts.schema.json.
struct PolicyResultsDocument {
  var results: PolicyResults

  static let schema = "apt-gate/policy-verdicts/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "changes": .array(results.results.map { Self.json($0.change, $0.decision) }),
      "policiesBroken": .bool(results.isPolicyBroken),
    ]
  }

  private static func json(_ change: Change, _ decision: Decision) -> JSONValue {
    change.nameJSON.adding([
      JSONMember(key: "verdict", value: .string(decision.verdict.rawValue)),
      JSONMember(key: "decidedBy", value: .strings(decision.decidedBy)),
      JSONMember(key: "message", value: .optional(decision.message)),
      JSONMember(key: "clearsWhen", value: .optional(decision.clearsWhen)),
      JSONMember(key: "held", value: .bool(decision.verdict.isHeld)),
      JSONMember(key: "gatedBy", value: .strings(decision.gatedBy)),
      JSONMember(key: "shieldedUnits", value: .strings(decision.shieldedUnits)),
      JSONMember(key: "escalations", value: .array(decision.escalations.map(\.json))),
      JSONMember(key: "rules", value: .array(decision.rules.map(\.json))),
    ])
  }
}

extension Change {
  /// What tells the change from others.
  fileprivate var nameJSON: JSONValue {
    [
      "source": .string(source), "from": .optional(from?.text), "to": .optional(to?.text),
      "action": .string(action.rawValue),
    ]
  }
}
