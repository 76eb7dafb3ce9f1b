import Foundation
import GateEngine
import GateModel
import Rollout
import Testing

@testable import apt_gate

@Suite struct SchemaTests {
  static let validator = SchemaValidator(
    folder: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/protocols"))

  static let documents: [(name: String, json: JSONValue)] = [
    ("check.schema.json", CheckDocument(report: SampleReport.mixed, node: SampleReport.node).check),
    ("explain.schema.json", CheckDocument(report: SampleReport.mixed, node: SampleReport.node).explanation),
    ("inspect.schema.json", InspectDocument(inspection: .sample).json),
    ("restart.schema.json", RestartDocument(report: .done).json),
    ("restart.schema.json", RestartDocument(report: .held).json),
    ("policy-check.schema.json", PolicyCheckDocument(check: SamplePolicies.check).json),
    ("policy-test.schema.json", PolicyTestDocument(suite: SamplePolicies.suite).json),
    ("policy-eval.schema.json", ExpressionResultsDocument(results: SamplePolicies.expression).json),
    ("policy-eval.schema.json", ExpressionResultsDocument(results: SamplePolicies.wrongExpression).json),
    ("policy-verdicts.schema.json", PolicyResultsDocument(results: SamplePolicies.verdicts).json),
    ("policy-diff.schema.json", PolicyDiffDocument(diff: SamplePolicies.diff).json),
    ("policy-list.schema.json", PolicyListDocument(policies: SamplePolicies.set).json),
    ("network-predict.schema.json", SamplePrediction.full.json),
    ("network-predict.schema.json", SamplePrediction.shown.json),
    ("network-predict.schema.json", SamplePrediction.newLink.json),
    ("network-predict.schema.json", SamplePrediction.none.json),
    ("network-guard.schema.json", SampleGuardReport.document.json),
    ("network-probe.schema.json", SampleGuardReport.probes.json),
    ("sync.schema.json", SyncDocument(report: .sample).json),
    ("held.schema.json", HeldDocument(holds: SyncReport.sample.holds, owed: [.sample]).json),
    (
      "fleet-nodes.schema.json",
      FleetDocument.nodes(SampleRollout.fleet, alarms: [SampleRollout.fleet[0].name: "two histories of 7 entries"])
    ),
    ("fleet-evidence.schema.json", FleetDocument.evidence(SampleEvidence.list)),
    ("fleet-bundle.schema.json", SampleBundle.verified.json), ("fleet-bundle.schema.json", SampleBundle.refused.json),
    ("fleet-check-in.schema.json", SampleSlot.checkIn.json), ("fleet-check-in.schema.json", SampleSlot.unseen.json),
    ("fleet-check-in.schema.json", SampleSlot.kept.json), ("fleet-check-in.schema.json", SampleSlot.givenBack.json),
    ("fleet-unlock.schema.json", FleetUnlockDocument(slot: SampleSlot.failed).json),
    ("fleet-unlock.schema.json", FleetUnlockDocument(slot: nil).json),
    ("approval.schema.json", ApprovalDocument(outcome: .sample).json),
    ("fleet-status.schema.json", FleetDocument.status(SampleRollout.reports)),
    ("fleet-show.schema.json", FleetDocument.show(SampleRollout.document)),
    ("fleet-members.schema.json", FleetDocument.members(SampleRollout.nodes)),
    ("fleet-groups.schema.json", FleetDocument.groups(SampleRollout.groups)),
    ("fleet-groups.schema.json", FleetDocument.groups(SampleRollout.broken)),
    ("fleet-forecast.schema.json", FleetDocument.forecast(SampleRollout.simulation.result())),
    ("fleet-forecast.schema.json", FleetDocument.forecast(SampleRollout.failing.result())),
    ("check.schema.json", CheckDocument(report: HostileDataTests.report, node: SampleReport.node).check),
    ("explain.schema.json", CheckDocument(report: HostileDataTests.report, node: SampleReport.node).explanation),
  ]

  @Test(arguments: 0..<documents.count) func outputIsAsDescribed(index: Int) throws {
    let (name, json) = Self.documents[index]
    let found = try Self.validator.violations(of: ParsedJSON(JSONWriter.text(of: json)), schema: name)
    #expect(found == [], "\(name)")
  }

  @Test(arguments: 0..<documents.count) func theSchemaKeyComesFirst(index: Int) {
    #expect(JSONWriter.text(of: Self.documents[index].json).hasPrefix("{\n  \"schema\": \"apt-gate/"))
  }

  /// The keys that DESIGN.md promises to other programs, in its order.
  @Test func changesHaveThePromisedKeysInOrder() throws {
    let json = JSONWriter.text(of: SampleReport.systemd.json)
    let promised = [
      "source", "from", "to", "action", "security", "origins", "binaries", "effects", "verdict", "decidedBy", "message",
      "clearsWhen",
    ]
    let keys = json.split(separator: "\n").filter { $0.hasPrefix("  \"") }
      .compactMap { $0.split(separator: "\"").dropFirst().first.map(String.init) }
    #expect(Array(keys.prefix(promised.count)) == promised)
  }

  /// A validator that finds nothing wrong proves nothing: each damage must be found.
  @Test(arguments: [
    ("{", "{\n  \"surprise\": 1,"), ("\"schema\": \"apt-gate/check/1\"", "\"schema\": \"x\""),
    ("\"kind\": \"restart\"", "\"kind\": \"explode\""), ("\"verdict\": \"hold\"", "\"verdict\": null"),
    ("\"line\": 122", "\"line\": \"122\""), ("\"line\": 122", "\"line\": 0"), ("\"clearsWhen\"", "\"clears\""),
    ("\"security\": true", "\"security\": 1"), ("\"total\": 5", "\"total\": -5"), ("\"held\": true", "\"held\": 1"),
  ])
  func damageIsFound(original: String, damaged: String) throws {
    var text = JSONWriter.text(of: Self.documents[0].json)
    let range = try #require(text.range(of: original))
    text.replaceSubrange(range, with: damaged)
    #expect(try !Self.validator.violations(of: ParsedJSON(text), schema: "check.schema.json").isEmpty)
  }
}
