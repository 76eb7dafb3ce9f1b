import Testing

@testable import apt_gate

/// What the built program prints as JSON is as docs/protocols says, and safe whatever a repository says.
@Suite struct NodeOutputTests {
  private func node(origin: String = "Debian") throws -> MadeUpNode {
    let node = try MadeUpNode()
    try node.install("foo", "1.0-1", postinst: ExitCodeTests.restart)
    try node.offer("foo", "1.0-2")
    try node.offer("unrelated", "3")
    try node.policy(ExitCodeTests.holdRestarts)
    try node.release(origin: origin)
    return node
  }

  @Test func checkAndExplainAreAsDescribed() throws {
    let node = try node()
    let check = try ParsedJSON(node.gate("check", "--json").output)
    #expect(try SchemaTests.validator.violations(of: check, schema: "check.schema.json") == [])
    #expect(check["changes"]?.elements.map { $0["source"]?.string } == ["foo"])
    #expect(check["summary"]?["held"] == .number(1))
    let explain = try ParsedJSON(node.gate("explain", "foo", "--json").output)
    #expect(try SchemaTests.validator.violations(of: explain, schema: "explain.schema.json") == [])
    let rules = explain["changes"]?.elements.first?["rules"]?.elements
    #expect(rules?.map { $0["rule"]?.string } == ["foo", "foo-restart"])
  }

  @Test func terminalEscapesOfARepositoryDoNotGetThrough() throws {
    let node = try node(origin: "De\u{1b}]0;owned\u{7}bian\u{202e}")
    for arguments in [["check"], ["explain", "foo"], ["check", "--json"], ["explain", "foo", "--json"]] {
      let output = try node.gate(arguments).output
      #expect(!output.isEmpty)
      #expect(!output.unicodeScalars.contains { ["\u{1b}", "\u{7}", "\u{202e}"].contains($0) })
    }
  }

  @Test func terminalEscapesOfAScriptDoNotGetThrough() throws {
    let node = try MadeUpNode()
    try node.install("foo", "1", postinst: "#!/bin/sh\nsystemctl restart foo.service # \u{1b}[2J \u{9b}31m\n")
    try node.offer("foo", "2")
    try node.policy(ExitCodeTests.holdRestarts)
    let output = try node.gate("explain", "foo").output
    #expect(output.contains("\\u{1b}[2J"))
    #expect(!output.unicodeScalars.contains { ["\u{1b}", "\u{9b}"].contains($0) })
  }

  @Test func theSameNodeGivesTheSameBytes() throws {
    let node = try node()
    #expect(try node.gate("check", "--json").output == node.gate("check", "--json").output)
  }
}
