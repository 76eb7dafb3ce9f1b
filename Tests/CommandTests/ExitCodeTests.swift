import Foundation
import Testing

@testable import apt_gate

/// The built program on made-up nodes: exit codes, streams and messages.
@Suite struct ExitCodeTests {
  static let restart = "#!/bin/sh\nset -e\nif [ \"$1\" = configure ]; then\n  systemctl try-restart foo.service\nfi\n"

  static let holdRestarts = """
    apiVersion: apt-gate/v1
    name: test
    gated:
      - source: foo
    rules:
      - id: foo-restart
        match:
          effects:
            - kind: restart
              unit: foo.service
        effect: {hold: {maximum: 30d, escalate: ["@security"]}}
        message: restarts foo
      - id: foo
        match:
          source: foo
        effect: allow
        message: foo is fine
    """

  /// foo with a pending update, and bar without one.
  private func node(postinst: String? = nil, policy: String = holdRestarts) throws -> MadeUpNode {
    let node = try MadeUpNode()
    try node.install("foo", "1.0-1", postinst: postinst)
    try node.install("bar", "1.0-1")
    try node.offer("foo", "1.0-2")
    try node.policy(policy)
    return node
  }

  @Test func nothingHeldIs0() throws {
    let outcome = try node().gate("check")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("allow         foo"))
    #expect(outcome.error == "")
  }

  @Test func heldIs2() throws {
    let node = try node(postinst: Self.restart)
    let check = try node.gate("check")
    #expect(check.status == 2)
    #expect(check.output.contains("hold          foo"))
    #expect(check.output.contains("foo-restart: restarts foo"))
    let explain = try node.gate("explain", "foo")
    #expect(explain.status == 2)
    #expect(explain.output.contains("foo.postinst:4, in the installed version"))
    #expect(explain.output.contains("| systemctl try-restart foo.service"))
    #expect(try node.gate("check", "foo").status == 2)
    #expect(try node.gate("check", "bar").status == 0)
  }

  @Test func theNewDebIsReadWhereItIsAtHand() throws {
    let node = try MadeUpNode()
    try node.install("foo", "1.0-1")
    try node.offer("foo", "1.0-2", deb: node.deb("foo", "1.0-2", postinst: Self.restart))
    try node.policy(Self.holdRestarts)
    let outcome = try node.gate("check", "--json")
    let change = try #require(try ParsedJSON(outcome.output)["changes"]?.elements.first)
    #expect(change["basis"]?.string == "candidate")
    #expect(change["verdict"]?.string == "hold")
    #expect(change["effects"]?.elements.first?["evidence"]?["line"] == .number(4))
    #expect(outcome.status == 2)
  }

  @Test func aBrokenPolicyIs4AndAllErrorsAreTold() throws {
    let node = try node(policy: Self.holdRestarts.replacing("effect: {hold:", with: "effect: {hodl:"))
    try node.policy("rules: [", name: "other")
    let outcome = try node.gate("check")
    #expect(outcome.status == 4)
    #expect(outcome.error.contains("policies/test/policy.yaml:"))
    #expect(outcome.error.contains("policies/other/policy.yaml:"))
    #expect(outcome.output.contains("undetermined  foo"))
  }

  @Test func noPoliciesIs4() throws {
    let node = try node()
    try FileManager.default.removeItem(atPath: "\(node.folder.path)/policies")
    let outcome = try node.gate("check")
    #expect(outcome.status == 4)
    #expect(outcome.error.contains("--policies"))
    #expect(outcome.output == "")
  }

  @Test func anUnknownPackageIs1AndNearNamesAreSuggested() throws {
    let outcome = try node().gate("check", "fooo")
    #expect(outcome.status == 1)
    #expect(outcome.error == "apt-gate: no package is called `fooo`\n  hint: did you mean `foo`?\n")
  }

  @Test func aKnownPackageWithNothingPendingSaysSo() throws {
    let outcome = try node().gate("explain", "bar")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("`bar`: no update is pending"))
  }

  @Test func missingListsAre1() throws {
    let node = try node()
    try FileManager.default.removeItem(atPath: "\(node.folder.path)/var/lib/apt/lists")
    let outcome = try node.gate("check")
    #expect(outcome.status == 1)
    #expect(outcome.error.hasPrefix("apt-gate: "))
    #expect(outcome.error.contains("hint: "))
  }

  @Test(arguments: [
    ["check", "--nonsense"], ["explain"], ["explain", "a", "b"], ["inspect"], ["frobnicate"], ["check", "-o", "x"],
    ["inspect", "x.deb", "--from", "not a version"], ["check", "--color=pink"], ["completion"], ["check", "--state="],
    ["policy", "eval"], ["policy", "diff", "a"], ["policy", "frobnicate"], ["policy", "check", "--facts", "x"],
    ["policy", "eval", "a", "b", "--facts", "x"], ["policy", "check", "-o", "x"],
  ])
  func wrongUsageIs64(arguments: [String]) throws {
    let outcome = try Command(MadeUpNode.binary, arguments).run()
    #expect(outcome.status == 64)
    #expect(outcome.error.hasPrefix("apt-gate: "))
    #expect(outcome.output == "")
  }

  @Test(arguments: [
    ["--version"], ["help"], ["help", "check"], ["check", "--help"], ["policy"], ["policy", "--help"],
    ["policy", "check", "--help"], ["completion", "bash"], ["completion", "zsh"],
    ["completion", "fish"], [],
  ])
  func helpIs0AndOnStandardOutput(arguments: [String]) throws {
    let outcome = try Command(MadeUpNode.binary, arguments).run()
    #expect(outcome.status == 0)
    #expect(outcome.error == "")
    #expect(!outcome.output.isEmpty)
  }

  @Test func theCompletionScriptIsBash() throws {
    let folder = try TemporaryFolder()
    try folder.write("apt-gate.bash", try Command(MadeUpNode.binary, ["completion", "bash"]).run().output)
    #expect(try Command("bash", ["-n", "\(folder.path)/apt-gate.bash"]).run().status == 0)
  }
}
