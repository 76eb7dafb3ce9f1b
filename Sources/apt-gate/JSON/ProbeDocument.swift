import GateModel
import NetworkState

/// What `network probe --json` prints. Described by docs/protocols/network-probe.schema.json.
struct ProbeDocument {
  var plan: ProbePlan
  var results: [ProbeResult]
  var objections: [ProbePlan.Objection]

  static let schema = "apt-gate/network-probe/1"

  /// Whether as many answered as are needed.
  var isAlive: Bool { results.count { $0.isAlive } >= plan.needed }

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "alive": .bool(isAlive),
      "needed": .number(plan.needed),
      "targets": .array(results.map(\.json)),
      "objections": .strings(objections.map(\.description)),
    ]
  }
}

extension ProbeResult {
  var json: JSONValue {
    [
      "target": .string(target.description),
      "alive": .bool(isAlive),
      "reason": .optional(failure),
      "microseconds": .int(microseconds),
    ]
  }

  var microseconds: Int64 {
    duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
  }
}
