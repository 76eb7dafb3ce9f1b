import GateModel
import LedgerLog

/// What `approve --json` and `revoke --json` print. Described by docs/protocols/approval.schema.json.
struct ApprovalDocument {
  var outcome: ApprovalResult

  static let schema = "apt-gate/approval/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "action": .string(outcome.isApproval ? "approve" : "revoke"),
      "person": [
        "name": .string(outcome.person.name), "uid": .number(outcome.person.uid),
        "basis": .string(outcome.person.basis.rawValue),
      ],
      "versions": .array(outcome.targets.map(\.json)),
      "expires": .optional(outcome.expires?.description),
      "missing": .number(outcome.missing),
      "sync": SyncDocument(report: outcome.report).json,
    ]
  }
}
