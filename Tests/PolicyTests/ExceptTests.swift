import GateModel
import Policy
import Testing

@Suite struct ExceptTests {
  private func set(_ rule: String) throws -> PolicySet {
    try Sample.policies(Sample.policy(rules: ["{id: r, \(rule), effect: stage, message: m}"]))
  }

  @Test func exceptionsTakeChangesOutOfARule() throws {
    let set = try set("match: {source: 'sys*'}, except: [{source: sysstat}, {security: true}]")
    #expect(set.decide(change: Sample.change("systemd"), effects: []).verdict == .stage)
    let excepted = set.explain(change: Sample.change("sysstat"), effects: [])
    #expect(excepted.verdict == .allow)
    #expect(excepted.rules.first?.reason == "excepted: source is `sysstat`")
    #expect(set.decide(change: Sample.change("systemd", security: true), effects: []).verdict == .allow)
  }

  @Test func groupsOfTheNodeAreMatched() throws {
    let set = try set("match: {source: '*', group: 'edge-*'}")
    func decide(_ node: NodeFacts?) -> Decision {
      set.decide(Facts(change: Sample.change("bash"), effects: [], node: node))
    }
    #expect(decide(NodeFacts(name: "n", groups: ["core", "edge-eu"])).verdict == .stage)
    #expect(decide(NodeFacts(name: "n", groups: ["core"])).verdict == .allow)
    #expect(decide(nil).verdict == .stage)
    #expect(decide(nil).message == "m (assumed, because the node's groups are not known)")
  }

  /// An exception that nobody can check does not let anything through.
  @Test func exceptionThatIsNotKnownDoesNotApply() throws {
    let set = try set("match: {source: '*'}, except: {group: canary}")
    #expect(set.decide(change: Sample.change("bash"), effects: []).verdict == .stage)
  }
}
