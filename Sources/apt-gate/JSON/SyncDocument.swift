import GateEngine
import GateModel

/// What `sync --json` prints. Described by docs/protocols/sync.schema.json.
struct SyncDocument {
  var report: SyncReport

  static let schema = "apt-gate/sync/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "mode": .string(report.mode.rawValue),
      "dryRun": .bool(report.isDryRun),
      "changes": .array(report.check.changes.map(change)),
      "holds": .array(report.plan.holds.map(\.json)),
      "pins": [
        "added": .array(report.added.map(\.json)), "kept": .array(report.kept.map(\.json)),
        "removed": .array(report.removed.map(\.json)),
      ],
      "waiting": .strings(report.waiting),
      "problems": .array(
        report.problems.map { ["step": .string($0.step.rawValue), "message": .string($0.message)] }),
      "warnings": .strings(report.plan.warnings),
      "summary": report.check.summary.json,
    ]
  }

  private func change(_ checked: CheckedChange) -> JSONValue {
    [
      "source": .string(checked.change.source), "from": .optional(checked.change.from?.text),
      "to": .optional(checked.change.to?.text), "action": .string(checked.change.action.rawValue),
      "security": .bool(checked.change.isSecurity), "verdict": .string(checked.verdict.rawValue),
      "decidedBy": .strings(checked.decision.decidedBy), "message": .optional(checked.decision.message),
      "clearsWhen": .optional(checked.decision.clearsWhen),
    ]
  }
}
