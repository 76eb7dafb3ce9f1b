import GateModel
import NetworkState
import NetworkSystem

/// What `network restore --json` prints. Described by docs/protocols/network-restore.schema.json.
struct NetworkRestoreDocument {
  var restoration: NetworkRestoration

  static let schema = "apt-gate/network-restore/1"

  var json: JSONValue {
    let report = restoration.outcome?.report
    return [
      "schema": .string(Self.schema),
      "snapshot": restoration.stored.manifest.json(folder: nil),
      "exact": .bool(restoration.isExact),
      "dryRun": .bool(report == nil),
      "warnings": .array(restoration.warnings.map { .string($0) }),
      "plan": .array((restoration.firstPlan?.steps ?? []).map(step)),
      "restored": .number(report?.restoredCount ?? 0),
      "present": .number(report?.presentCount ?? 0),
      "refused": .array(restoration.refusals.map(refusal)),
      "leftAlone": .array(restoration.leftAlone.map(leftAlone)),
      "missingInterfaces": .array(
        restoration.match.missing.map { ["name": .string($0.name), "nowCalled": .optional($0.nowCalled)] }),
    ]
  }

  private func step(_ step: RestorePlan.Step) -> JSONValue {
    [
      "do": .string(step.action.rawValue),
      "kind": .string(step.kind.rawValue),
      "object": restoration.object(step)?.json ?? .null,
    ]
  }

  private func refusal(_ refusal: SnapshotRestorer.Refusal) -> JSONValue {
    step(refusal.step).adding([
      JSONMember(key: "errno", value: .number(Int(refusal.errno))),
      JSONMember(key: "reason", value: .string(refusal.reason)),
    ])
  }

  private func leftAlone(_ difference: Drift.Difference) -> JSONValue {
    [
      "kind": .string(difference.kind.rawValue),
      "change": .string(difference.change.rawValue),
      "object": restoration.object(difference)?.json ?? .null,
    ]
  }
}
