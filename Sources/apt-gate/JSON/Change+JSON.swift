import GateEngine
import GateModel
import PackageAnalysis

// The key names are relied upon by other programs: docs/protocols/*.schema.json.

extension CheckedChange {
  /// One element of `changes`.
  var json: JSONValue {
    [
      "source": .string(change.source),
      "from": .optional(change.from?.text),
      "to": .optional(change.to?.text),
      "action": .string(change.action.rawValue),
      "security": .bool(change.isSecurity),
      "origins": .array(change.origins.map(\.json)),
      "binaries": .array(change.binaries.map(\.json)),
      "effects": .array(effects.map(\.json)),
      "verdict": .string(verdict.rawValue),
      "decidedBy": .strings(decision.decidedBy),
      "message": .optional(decision.message),
      "clearsWhen": .optional(decision.clearsWhen),
      "held": .bool(verdict.isHeld),
      "gatedBy": .strings(decision.gatedBy),
      "shieldedUnits": .strings(decision.shieldedUnits),
      "escalations": .array(decision.escalations.map(\.json)),
      "basis": .string(basis.rawValue),
      "notes": .strings(notes),
      "downloadSize": .number(change.downloadSize),
    ]
  }

  /// The same with what only an explanation shows: every rule and every call.
  var explainedJSON: JSONValue {
    json.adding([
      JSONMember(key: "rules", value: .array(decision.rules.map(\.json))),
      JSONMember(key: "calls", value: .array(calls.map(\.json))),
    ])
  }
}

extension BinaryChange {
  var json: JSONValue {
    [
      "name": .string(name),
      "architecture": .string(architecture),
      "from": .optional(from?.text),
      "to": .optional(to?.text),
      "action": .string(action.rawValue),
      "security": .bool(isSecurity),
      "origins": .array(origins.map(\.json)),
      "phasing": phasing?.json ?? .null,
      "downloadSize": .number(downloadSize),
      "installedSizeDelta": .int(installedSizeDelta),
    ]
  }
}

extension Origin {
  var json: JSONValue {
    [
      "origin": .string(origin), "label": .string(label), "suite": .string(suite), "codename": .string(codename),
      "component": .string(component), "site": .string(site),
    ]
  }
}

extension Phasing {
  var json: JSONValue { ["percentage": .number(percentage), "includesThisNode": .bool(includesThisNode)] }
}

extension RuleOutcome {
  var json: JSONValue {
    [
      "rule": .string(rule), "verdict": .string(verdict.rawValue), "fired": .bool(fired), "reason": .string(reason),
      "assumed": .bool(isAssumed), "conditions": .array(conditions.map(\.json)),
    ]
  }
}

extension EscalationNotice {
  /// One element of `escalations`.
  var json: JSONValue { ["rule": .string(rule), "message": .string(message), "to": .strings(to)] }
}

extension ConditionOutcome {
  var json: JSONValue { ["text": .string(text), "value": .optional(value), "failure": .optional(failure)] }
}
