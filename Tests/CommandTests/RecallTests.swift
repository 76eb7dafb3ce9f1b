import GateEngine
import GateModel
import NetworkState
import Testing

@testable import apt_gate

/// What `check` and `explain` know of the past and of the network, and what they say where they do not.
@Suite struct RecallTests {
  private func node(effect: String = "approve", when: String = "") throws -> MadeUpNode {
    let node = try MadeUpNode()
    try node.install("nginx", "1")
    try node.offer("nginx", "2")
    try node.policy(
      """
      apiVersion: apt-gate/v1
      name: test
      gated:
        - source: nginx
      rules:
        - id: waits
          match: {source: nginx}
          \(when)
          effect: \(effect)
          message: it waits

      """)
    return node
  }

  @Test func firstSeenIsWhatTheLedgerSays() throws {
    let node = try node()
    _ = try node.gate("sync")
    let listed = try ParsedJSON(try node.gate("check", "--facts").output)
    let first = try #require(listed["changes"]?.elements.first?["update"]?["firstSeen"]?.string)
    let again = try ParsedJSON(try node.gate("check", "--facts").output)
    #expect(again["changes"]?.elements.first?["update"]?["firstSeen"]?.string == first)
    #expect(listed["changes"]?.elements.first?["update"]?["heldSince"]?.string != nil)
  }

  @Test func anApprovalCountsInCheckAndExplain() throws {
    let node = try node()
    _ = try node.gate("sync")
    #expect(try node.gate("check").status == 2)
    #expect(try node.gate(["approve", "nginx", "--reason", "tried"], environment: ["SUDO_UID": "1"]).status == 0)
    #expect(try node.gate("check").status == 0)
    #expect(try node.gate("explain", "nginx").status == 0)
  }

  /// Without a ledger an update is as old as it would be at the next sync; a ledger that cannot be read says nothing.
  @Test func aBrokenLedgerIsNamedAndEndsNothing() throws {
    let node = try node(effect: "defer", when: "youngerThan: 3d")
    let fresh = try ParsedJSON(try node.gate("check", "--json").output)
    #expect(fresh["changes"]?.elements.first?["verdict"]?.string == "defer")
    #expect(fresh["unknownReasons"]?["update.firstSeen"] == nil)
    _ = try node.gate("sync")
    try node.folder.write("state/ledger/ledger.db", "rubbish")
    let broken = try node.gate("check", "--json")
    #expect(broken.status == 2)
    let json = try ParsedJSON(broken.output)
    #expect(json["unknownReasons"]?["update.firstSeen"]?.string != nil)
    #expect(json["changes"]?.elements.first?["message"]?.string?.contains("assumed") == true)
    let text = try node.gate("check").output
    #expect(text.contains("1 verdict is assumed: update.firstSeen could not be had;"))
    #expect(text.contains("`update.firstSeen` is not known: "))
  }

  /// The network is this machine's: nothing is said of it about the packages of another root.
  @Test func theNetworkOfAnotherRootIsNotKnownAndTheReasonIsShown() throws {
    let node = try node(effect: "stage", when: "when: network.atRisk.count > 0")
    let json = try ParsedJSON(try node.gate("check", "--json").output)
    #expect(json["changes"]?.elements.first?["verdict"]?.string == "stage")
    #expect(json["unknownReasons"]?["network"]?.string?.contains("another root") == true)
    #expect(try node.gate("explain", "nginx").output.contains("`network` is not known: the packages are those of"))
    #expect(try node.gate("sync", "--dry-run").output.contains("`network` is not known: the packages are those of"))
  }

  @Test func nobodyReadsTheNetworkWhereNoRuleAsksForIt() throws {
    let json = try ParsedJSON(try node().gate("check", "--json").output)
    #expect(json["unknownFacts"]?.elements.map(\.string).contains("network") == false)
  }

  @Test func theNetworkOfThisMachineIsReadOrItsAbsenceHasAReason() {
    let source = NetworkFactsSource(isLive: true)
    let facts = source.facts(starting: nil)
    #expect((facts == nil) == (source.unknown?.reason?.isEmpty == false))
    #expect(source.facts(starting: nil) == facts)
  }
}
