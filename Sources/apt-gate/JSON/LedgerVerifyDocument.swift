import GateModel
import LedgerLog

/// What `ledger verify --json` prints. Described by docs/protocols/ledger-verify.schema.json.
struct LedgerVerifyDocument {
  var verification: LedgerVerification

  static let schema = "apt-gate/ledger-verify/1"

  var json: JSONValue {
    [
      "schema": .string(Self.schema),
      "valid": .bool(verification.isValid),
      "entries": .number(verification.size),
      "root": .optional(verification.root?.text),
      "checkpoints": .array(
        verification.checkpoints.map { checked in
          [
            "name": .string(checked.name), "entries": .number(checked.checkpoint.size),
            "root": .string(checked.checkpoint.root.text),
          ]
        }),
      "findings": .array(verification.findings.map(\.json)),
    ]
  }
}

extension LedgerFinding {
  fileprivate var json: JSONValue {
    let entry: Int? = if case .entry(let sequence) = place { sequence } else { nil }
    return ["entry": .optional(entry), "place": .string(placeText), "problem": .string(problem)]
  }
}
