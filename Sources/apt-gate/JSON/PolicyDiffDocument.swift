import GateModel
import Policy

/// What `policy diff --json` prints. Described by docs/protocols/policy-diff.schema.json.
struct PolicyDiffDocument {
  var diff: PolicyDiff

  static let schema = "apt-gate/policy-diff/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "relation": .string(diff.relation.rawValue),
      "differences": .array(diff.differences.map(\.json)),
      "compared": .number(diff.compared),
      "recorded": .number(diff.recorded),
      "possible": .number(diff.possible),
      "cutOff": .bool(diff.isSampled),
    ]
  }
}

extension PolicyDiff.Difference {
  var json: JSONValue {
    [
      "relation": .string((isStricter ? PolicyDiff.Relation.stricter : .looser).rawValue),
      "before": .string(before.rawValue),
      "after": .string(after.rawValue),
      "decidedBefore": .strings(decidedBefore),
      "decidedAfter": .strings(decidedAfter),
      "count": .number(count),
      "example": example.exampleJSON,
    ]
  }
}

extension Facts {
  /// What an example needs to be seen; null is not known.
  fileprivate var exampleJSON: JSONValue {
    [
      "source": .string(change.source),
      "action": .string(change.action.rawValue),
      "security": .bool(change.isSecurity),
      "binaries": .strings(change.binaries.map(\.name)),
      "effects": .array(effects.map(\.json)),
      "now": .optional(now?.description),
      "firstSeen": .optional(firstSeen?.description),
      "groups": node.map { .strings($0.groups) } ?? .null,
      "networkdRunning": network.map { .bool($0.networkd.running) } ?? .null,
      "lostCount": .optional(network?.atRisk.count),
    ]
  }
}
