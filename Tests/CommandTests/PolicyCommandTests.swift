import Foundation
import Testing

@testable import apt_gate

/// The built program's commands about policies: exit codes, streams, refusals.
@Suite struct PolicyCommandTests {
  private func node() throws -> MadeUpNode {
    let node = try MadeUpNode()
    try node.install("nginx", "1.0-1", postinst: ExitCodeTests.restart)
    for name in ["a", "b", "c", "d"] { try node.install(name, "1") }
    try node.offer("nginx", "1.0-2")
    try node.policy(SamplePolicies.web, name: "web")
    try node.tests(SamplePolicies.webTests, name: "web")
    return node
  }

  @Test func checkIs0WithWarningsAnd3WithErrors() throws {
    let node = try node()
    let fine = try node.gate("policy", "check", node.policies)
    #expect(fine.status == 0)
    #expect(fine.output.contains("warning: rule `web-routes` fires in no test"))
    #expect(fine.output.hasSuffix("1 policy, 3 rules: 0 errors, 1 warning\n"))
    #expect(fine.error == "")
    try node.policy(SamplePolicies.broken, name: "broken")
    try node.tests("cases: {", name: "web")
    let broken = try node.gate("policy", "check", node.policies)
    #expect(broken.status == 3)
    #expect(broken.output.contains("\(node.policies)/broken/policy.yaml:12:"))
    #expect(broken.output.contains("\(node.policies)/web/tests.yaml:1:"))
    let json = try ParsedJSON(try node.gate("policy", "check", "--json", node.policies).output)
    #expect(json["passed"] == .bool(false))
    #expect(try SchemaTests.validator.violations(of: json, schema: "policy-check.schema.json") == [])
  }

  @Test func aPolicysOwnFolderCanBeNamed() throws {
    let node = try node()
    try node.policy(SamplePolicies.broken, name: "broken")
    #expect(try node.gate("policy", "check", "\(node.policies)/web/").status == 0)
    #expect(try node.gate("policy", "test", "\(node.policies)/web").status == 0)
    #expect(try node.gate("policy", "list", "\(node.policies)/broken").status == 4)
  }

  @Test func namesAreComparedWithThePackageLists() throws {
    let node = try node()
    try node.policy(SamplePolicies.doubtful, name: "doubtful")
    let outcome = try node.gate("policy", "check", "\(node.policies)/doubtful")
    #expect(outcome.output.contains("rule `covered` matches no source package that is known here"))
    try FileManager.default.removeItem(atPath: "\(node.folder.path)/var/lib/apt/lists")
    let blind = try node.gate("policy", "check", "\(node.policies)/doubtful")
    #expect(blind.status == 0)
    #expect(blind.error.hasPrefix("apt-gate: names are not compared with the package lists: "))
    #expect(!blind.output.contains("known here"))
    #expect(try node.gate("policy", "check", "-q", "\(node.policies)/doubtful").error == "")
  }

  @Test func testIs0IfAllPassAnd3IfNot() throws {
    let node = try node()
    let fine = try node.gate("policy", "test", node.policies)
    #expect(fine.status == 0)
    #expect(fine.output.hasSuffix("2 passed, 0 failed; 2 of 3 rules fired in a test\n"))
    try node.tests(SamplePolicies.webTests.replacing("verdict: defer", with: "verdict: hold"), name: "web")
    let failed = try node.gate("policy", "test", node.policies)
    #expect(failed.status == 3)
    #expect(failed.output.contains("  FAIL by day it waits\n         verdict: expected `hold`, got `defer`\n"))
    let json = try ParsedJSON(try node.gate("policy", "test", "--json", node.policies).output)
    #expect(try SchemaTests.validator.violations(of: json, schema: "policy-test.schema.json") == [])
    #expect(json["summary"]?["failed"] == .number(1))
    try node.tests("cases: {", name: "web")
    #expect(try node.gate("policy", "test", node.policies).status == 3)
  }

  /// An administrator's tests for a shipped policy must not take the policy away.
  @Test func testsAloneHideNoPolicy() throws {
    let node = try node()
    try node.folder.write("own/web/tests.yaml", SamplePolicies.webTests)
    let outcome = try node.gate("policy", "list", "\(node.folder.path)/own", node.policies)
    #expect(outcome.output.contains("web-nights"))
    try node.folder.write("own/web/policy.yaml", SamplePolicies.web.replacing("web-nights", with: "own-nights"))
    let hidden = try node.gate("policy", "list", "\(node.folder.path)/own", node.policies)
    #expect(hidden.output.contains("own-nights") && !hidden.output.contains("web-nights"))
  }

  @Test(arguments: [["check"], ["test"], ["list"], ["diff", "DIR"]])
  func foldersWithoutPoliciesAreRefused(words: [String]) throws {
    let node = try node()
    let missing = "\(node.folder.path)/missing"
    let words = ["policy"] + words.map { $0 == "DIR" ? node.policies : $0 }
    let outcome = try node.gate(words + [missing])
    #expect(outcome.status == 4)
    #expect(outcome.output == "")
    #expect(outcome.error.hasPrefix("apt-gate: cannot read the policies in `\(missing)`: "))
    let empty = try node.gate(words + ["\(node.folder.path)/repo"])
    #expect(empty.status == 4)
    #expect(empty.error.contains("there are no policies in `\(node.folder.path)/repo`\n  hint: "))
  }

  @Test func diffTellsStricterAndRefusesBrokenPolicies() throws {
    let node = try node()
    try node.folder.write("b/web/policy.yaml", SamplePolicies.web.replacing("effect: defer", with: "effect: hold"))
    let broken = try node.gate("policy", "diff", node.policies, "\(node.folder.path)/b")
    #expect(broken.status == 4)
    #expect(broken.error.contains("holds what is gated, without a maximum"))
    #expect(broken.output == "")
    let strict = SamplePolicies.web.replacing("effect: defer", with: "effect: {hold: {maximum: 30d}}")
    try node.folder.write("b/web/policy.yaml", strict)
    let diff = try node.gate("policy", "diff", node.policies, "\(node.folder.path)/b")
    #expect(diff.status == 0)
    #expect(diff.output.hasPrefix("stricter: never looser, over "))
    #expect(try node.gate("policy", "diff", node.policies, node.policies).output.hasPrefix("the same verdicts, over "))
    let json = try node.gate("policy", "diff", "--json", "\(node.folder.path)/b", node.policies)
    #expect(try ParsedJSON(json.output)["relation"]?.string == "looser")
  }

  /// The shipped policies name more than can be tried: equal verdicts must not be taken for equal policies.
  @Test func diffSaysIfItDidNotTryAll() throws {
    let shipped = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../policies").path
    let all = try Command(MadeUpNode.binary, ["policy", "diff", shipped, shipped]).run()
    #expect(all.output.contains("A sample: "))
    let one = try Command(MadeUpNode.binary, ["policy", "diff", "\(shipped)/systemd", "\(shipped)/systemd"]).run()
    #expect(one.output.hasPrefix("the same verdicts, over ") && !one.output.contains("A sample"))
  }

  @Test func outputIsNotColouredUnlessAsked() throws {
    let node = try node()
    for words in [["test"], ["list"], ["check"]] {
      let plain = try node.gate(["policy"] + words + [node.policies], environment: ["NO_COLOR": "1"])
      #expect(!plain.output.contains("\u{1b}"))
      #expect(try node.gate(["policy"] + words + ["--color=always", node.policies]).output.contains("\u{1b}["))
    }
  }
}
