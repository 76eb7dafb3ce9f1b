import CoordinatorAPI
import Documents
import GateModel
import Rollout

/// What the `fleet` commands print with `--json`. Described by docs/protocols/fleet-*.schema.json.
enum FleetDocument {
  static func status(_ reports: [RolloutReport]) -> JSONValue {
    ["schema": "apt-gate/fleet-status/1", "rollouts": .array(reports.map(\.json))]
  }

  static func show(_ document: RolloutDocument) -> JSONValue {
    [
      "schema": "apt-gate/fleet-show/1", "rollout": document.report.json,
      "artifacts": .array(document.artifacts.map(\.json)), "slots": .array(document.slots.map(\.json)),
      "journal": .array(document.journal.map(\.json)),
    ]
  }

  static func members(_ nodes: [NodeRecord]) -> JSONValue {
    ["schema": "apt-gate/fleet-members/1", "nodes": .array(nodes.map(\.json))]
  }

  static func nodes(_ nodes: [FleetNode], alarms: [String: String] = [:]) -> JSONValue {
    let lines = nodes.map { node -> JSONValue in
      guard case .object(let members) = node.json else { return node.json }
      return .object(members + [JSONMember(key: "ledgerAlarm", value: .optional(alarms[node.name]))])
    }
    return ["schema": "apt-gate/fleet-nodes/1", "nodes": .array(lines)]
  }

  static func groups(_ check: FleetGroupsCheck) -> JSONValue {
    [
      "schema": "apt-gate/fleet-groups/1", "passed": .bool(check.passed),
      "nodes": check.survey.map { .number($0.nodes) } ?? .null,
      "rings": .array(check.survey.map(rings) ?? []), "findings": .strings(check.findings),
      "diagnostics": .array(check.diagnostics.map(\.json)),
    ]
  }

  private static func rings(_ survey: FleetSurvey) -> [JSONValue] {
    survey.plan.rings.map { ring in
      [
        "name": .string(ring.name), "nodes": .number(survey.populations[ring.name] ?? 0),
        "groups": .array(ring.groups.map { ["name": .string($0), "nodes": .number(survey.groups[$0] ?? 0)] }),
      ]
    }
  }

  static func forecast(_ simulation: FleetSimulation.Result) -> JSONValue {
    let forecast = simulation.forecast
    return [
      "schema": "apt-gate/fleet-forecast/1", "status": .string(forecast.status.rawValue),
      "start": .string(simulation.assumptions.start.description), "end": .string(forecast.end.description),
      "reason": .optional(forecast.note?.reason), "untouched": .number(forecast.untouched),
      "outside": .number(forecast.outside), "rings": .array(forecast.rings.map(ring)),
      "ifOneFails": .array(
        simulation.ifOneFails.map { ring, forecast in
          [
            "ring": .string(ring), "status": .string(forecast.status.rawValue),
            "end": .string(forecast.end.description),
            "reason": .optional(forecast.note?.reason), "untouched": .number(forecast.untouched),
          ]
        }),
    ]
  }

  private static func ring(_ ring: FleetForecast.Ring) -> JSONValue {
    [
      "name": .string(ring.name), "nodes": .number(ring.nodes), "updated": .number(ring.updated),
      "failed": .number(ring.failed), "mostAtWork": .number(ring.mostAtWork),
      "opened": .optional(ring.opened?.description), "passed": .optional(ring.passed?.description),
      "waiting": .array(ring.reasons.map { RolloutReport.Wait($0).json }),
    ]
  }
}
