import GateEngine
import GateModel

/// What `check --json` and `explain --json` print. Described by docs/protocols/check.schema.json and
/// docs/protocols/explain.schema.json.
struct CheckDocument {
  var report: CheckReport
  var node: NodeDescription

  static let checkSchema = "apt-gate/check/1"
  static let explainSchema = "apt-gate/explain/1"

  var check: JSONValue { document(Self.checkSchema, changes: report.changes.map(\.json)) }

  /// The same keys as ``check``; each change has its `rules` and `calls` besides.
  var explanation: JSONValue { document(Self.explainSchema, changes: report.changes.map(\.explainedJSON)) }

  private func document(_ schema: String, changes: [JSONValue]) -> JSONValue {
    [
      "schema": .string(schema),
      "node": node.json,
      "changes": .array(changes),
      "summary": report.summary.json,
      "keptBack": .array(report.keptBack.map(\.json)),
      "nothingPending": .strings(report.nothingPending),
      "warnings": .strings(report.warnings),
      "unknownFacts": .strings(report.unknownFacts.map(\.name)),
      "unknownReasons": .object(
        report.unknownFacts.compactMap { fact in
          fact.reason.map { JSONMember(key: fact.name, value: .string($0)) }
        }),
    ]
  }
}
