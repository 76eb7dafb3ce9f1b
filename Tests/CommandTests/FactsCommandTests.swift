import Foundation
import Policy
import Testing

@testable import apt_gate

/// Facts from `check --facts` to `policy eval` and `policy diff`.
@Suite struct FactsCommandTests {
  /// A policy whose verdict does not depend on the time of day.
  private static let policy = SamplePolicies.web.replacing("    outside: nights\n", with: "")

  private func node() throws -> MadeUpNode {
    let node = try MadeUpNode()
    try node.install("nginx", "1.0-1", postinst: ExitCodeTests.restart)
    try node.offer("nginx", "1.0-2")
    try node.policy(Self.policy, name: "web")
    return node
  }

  private func capture(_ node: MadeUpNode) throws -> String {
    let outcome = try node.gate("check", "--facts")
    #expect(outcome.status == 0 && outcome.error == "")
    try node.folder.write("facts.json", outcome.output)
    return "\(node.folder.path)/facts.json"
  }

  @Test func aCaptureIsAsDescribedAndNeedsNoPolicies() throws {
    let node = try node()
    try FileManager.default.removeItem(atPath: node.policies)
    let json = try ParsedJSON(try String(contentsOfFile: capture(node), encoding: .utf8))
    #expect(try SchemaTests.validator.violations(of: json, schema: "facts.schema.json") == [])
    let facts = try #require(json["changes"]?.elements.first)
    #expect(facts["update"]?["source"]?.string == "nginx")
    #expect(facts["effects"]?.elements.first?["unit"]?.string == "foo.service")
    #expect(facts["node"]?["kernel"]?.string == NodeDescription.current().kernel)
    #expect(facts["now"]?.string != nil && facts["network"] == nil)
  }

  /// What is decided about recorded facts is what `check` decided.
  @Test func evalDecidesAsCheckDid() throws {
    let node = try node()
    let check = try node.gate("check", "--json")
    let eval = try node.gate(
      "policy", "eval", "--facts", capture(node), "--policies", node.policies, "--json")
    #expect(check.status == 2 && eval.status == 2)
    let (left, right) = try (ParsedJSON(check.output), ParsedJSON(eval.output))
    #expect(try SchemaTests.validator.violations(of: right, schema: "policy-verdicts.schema.json") == [])
    for key in ["verdict", "decidedBy", "message", "clearsWhen", "gatedBy"] {
      let (was, known) = (left["changes"]?.elements.first?[key], right["changes"]?.elements.first?[key])
      #expect(was != nil && was == known, "\(key)")
    }
  }

  @Test func anExpressionIsEvaluatedForEachUpdate() throws {
    let node = try node()
    let facts = try capture(node)
    let known = try node.gate("policy", "eval", "--facts", facts, "effects.map(e, e.kind)")
    #expect(known.status == 0)
    #expect(known.output.contains("[\"restart\""))
    let unknown = try node.gate("policy", "eval", "--facts", facts, "network.atRisk.count > 0")
    #expect(unknown.status == 4)
    #expect(unknown.output.contains("has no value: `network` is not known"))
    let wrong = try node.gate("policy", "eval", "--facts", facts, "update.sorce")
    #expect(wrong.status == 3)
    #expect(wrong.output == "")
    #expect(wrong.error.contains("expression:1:") && wrong.error.contains("    | "))
    let json = try ParsedJSON(try node.gate("policy", "eval", "--facts", facts, "--json", "now").output)
    #expect(json["type"]?.string == "timestamp")
  }

  @Test func factsComeThroughAPipe() throws {
    let node = try node()
    let gate = "'\(MadeUpNode.binary)' policy eval --facts - update.source"
    let outcome = try node.shell("$GATE --facts | \(gate)")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("= \"nginx\""))
  }

  @Test func diffLooksAtRecordedFacts() throws {
    let node = try node()
    let diff = try node.gate("policy", "diff", "--facts", capture(node), node.policies, node.policies)
    #expect(diff.output.hasSuffix(", 1 of them recorded\n"))
  }

  @Test(arguments: ["", "{", "{\"schema\": \"x\", \"changes\": []}", "\u{0}", "[1, 2]"])
  func brokenFactsAreRefused(text: String) throws {
    let node = try node()
    try node.folder.write("bad.json", text)
    let outcome = try node.gate("policy", "eval", "--facts", "\(node.folder.path)/bad.json", "true")
    #expect(outcome.status == 4)
    #expect(outcome.output == "")
    #expect(outcome.error.contains("bad.json` are broken\n  hint: write facts with `apt-gate check --facts`"))
  }

  @Test func missingFactsAndFactsInAnotherEncodingAreRefused() throws {
    let node = try node()
    let missing = try node.gate("policy", "eval", "--facts", "\(node.folder.path)/none", "true")
    #expect(missing.status == 4)
    #expect(missing.error.contains("No such file or directory"))
    try node.folder.write("latin.json", [0x7b, 0xe9, 0x7d])
    let latin = try node.gate("policy", "eval", "--facts", "\(node.folder.path)/latin.json", "true")
    #expect(latin.status == 4)
    #expect(latin.error.contains("are not UTF-8"))
  }

  /// A node that is in no group known must not slip through a rule for its group.
  @Test func rulesForGroupsFireWhileGroupsAreNotCollected() throws {
    let node = try node()
    try node.policy(
      """
      apiVersion: apt-gate/v1
      name: web
      rules:
        - id: edge
          match: {source: nginx, group: edge}
          effect: {hold: {maximum: 30d}}
          message: the edge waits

      """, name: "web")
    let outcome = try node.gate("check")
    #expect(outcome.output.contains("(assumed, because the node's groups"))
    #expect(outcome.output.contains("1 verdict is assumed"))
    let recorded = try node.gate("policy", "eval", "--facts", capture(node), "--policies", node.policies)
    #expect(recorded.status == 2)
    #expect(recorded.output.hasPrefix("hold          nginx"))
  }
}
