import GateModel
import Rollout

/// What the `fleet` commands print with `--json`. Described by docs/protocols/fleet-*.schema.json.
enum FleetDocument {
  static func status(_ reports: [RolloutReport]) -> JSONValue {
    ["schema": "apt-gate/fleet-status/1", "rollouts": .array(reports.map(\.json))]
  }

  static func show(_ report: RolloutReport, slots: [SlotRecord], journal: [JournalEntry]) -> JSONValue {
    [
      "schema": "apt-gate/fleet-show/1", "rollout": report.json, "slots": .array(slots.map(\.json)),
      "journal": .array(journal.map(\.json)),
    ]
  }

  static func members(_ nodes: [NodeRecord]) -> JSONValue {
    ["schema": "apt-gate/fleet-members/1", "nodes": .array(nodes.map(\.json))]
  }

  static func groups(_ survey: FleetSurvey) -> JSONValue {
    [
      "schema": "apt-gate/fleet-groups/1", "nodes": .number(survey.nodes),
      "rings": .array(
        survey.plan.rings.map { ring in
          [
            "name": .string(ring.name), "nodes": .number(survey.populations[ring.name] ?? 0),
            "groups": .array(
              ring.groups.map { ["name": .string($0), "nodes": .number(survey.groups[$0] ?? 0)] }),
          ]
        }),
      "findings": .strings(
        FleetGroupsText(survey: survey, layout: TextLayout(width: TextLayout.defaultWidth)).findings),
    ]
  }

  static func forecast(_ forecast: FleetForecast, _ assumptions: FleetForecast.Assumptions) -> JSONValue {
    [
      "schema": "apt-gate/fleet-forecast/1", "status": .string(forecast.status.rawValue),
      "start": .string(assumptions.start.description), "end": .string(forecast.end.description),
      "reason": .optional(forecast.note?.reason), "untouched": .number(forecast.untouched),
      "outside": .number(forecast.outside),
      "rings": .array(
        forecast.rings.map { ring in
          [
            "name": .string(ring.name), "nodes": .number(ring.nodes), "updated": .number(ring.updated),
            "failed": .number(ring.failed), "mostAtWork": .number(ring.mostAtWork),
            "opened": .optional(ring.opened?.description), "passed": .optional(ring.passed?.description),
            "waiting": .array(ring.reasons.map(\.json)),
          ]
        }),
    ]
  }
}
