import Documents
import GateModel
import Policy
import Testing

@Suite struct DecideTests {
  @Test func strictestFiringRuleWins() throws {
    let set = try Sample.policies(
      Sample.policy(rules: [
        "{id: b-hold, match: {source: 'sys*'}, effect: hold, message: held}",
        "{id: a-hold, match: {source: systemd}, effect: hold, message: also held}",
        "{id: let-in, match: {source: '*'}, effect: allow, message: fine}",
        "{id: other, match: {source: 'systemd?'}, effect: {approve: {count: 2}}, message: never}",
      ]))
    let decision = set.explain(change: Sample.change("systemd"), effects: [])
    #expect(decision.verdict == .hold)
    #expect(decision.decidedBy == ["a-hold", "b-hold"])
    #expect(decision.message == "also held; held")
    #expect(decision.clearsWhen == "a newer version, or another policy, or `apt-gate approve systemd`")
    #expect(decision.rules.map(\.rule) == ["a-hold", "b-hold", "let-in", "other"])
    #expect(decision.rules.map(\.fired) == [true, true, true, false])
    #expect(decision.rules[1].reason == "source `systemd` matches `sys*`")
    #expect(decision.rules[3].reason == "source `systemd` is not `systemd?`")
    #expect(decision.approvalsNeeded == 1)
  }

  @Test func ungatedChangeWithoutRuleIsAllowed() throws {
    let set = try Sample.policies(Sample.policy(gated: ["{source: systemd}"], rules: []))
    let decision = set.decide(change: Sample.change("bash"), effects: [Sample.effect(.unknown)])
    #expect(decision == Decision(verdict: .allow, decidedBy: [], message: nil, clearsWhen: nil))
  }

  @Test func gatedChangeWithoutRuleIsUndetermined() throws {
    let set = try Sample.policies(Sample.policy(gated: ["{source: systemd}"], rules: []))
    let decision = set.decide(change: Sample.change("systemd"), effects: [])
    #expect(decision.verdict == .undetermined)
    #expect(decision.gatedBy == ["demo"])
    #expect(decision.message == "gated by policy `demo`, but no rule gives a verdict")
  }

  @Test func unresolvedEffectIsNotAllowedWhereGated() throws {
    let allow = "{id: allow, match: {source: systemd}, effect: allow, message: fine}"
    let set = try Sample.policies(Sample.policy(gated: ["{source: systemd}"], rules: [allow]))
    let change = Sample.change("systemd")
    #expect(set.decide(change: change, effects: []).verdict == .allow)
    for effect in [Sample.effect(.unknown), Sample.effect(.restart), Sample.effect(.stop)] {
      let decision = set.decide(change: change, effects: [effect])
      #expect(decision.verdict == .undetermined)
      #expect(decision.message == "what it would do could not be worked out: demo.postinst, line 7: do_it")
    }
    #expect(set.decide(change: change, effects: [Sample.effect(.reload)]).verdict == .allow)
  }

  @Test func ruleThatNamesUnknownTakesResponsibility() throws {
    let rule = "{id: known, match: {source: systemd, effects: {kind: unknown}}, effect: allow, message: looked at}"
    let set = try Sample.policies(Sample.policy(gated: ["{source: systemd}"], rules: [rule]))
    #expect(set.decide(change: Sample.change("systemd"), effects: [Sample.effect(.unknown)]).verdict == .allow)
    #expect(set.decide(change: Sample.change("systemd"), effects: []).verdict == .undetermined)
  }

  /// What mends the gate must reach the node, whatever the rules say and even if they are broken.
  @Test(arguments: ["", "oops: ["]) func theGateItselfIsNeverHeld(broken: String) throws {
    let hold = "{hold: {maximum: 30d, escalate: ['@ops']}}"
    let rule = "{id: all, match: {source: '*'}, effect: \(hold), enforce: hard, message: nothing}"
    let set = PolicySet.load([
      DocumentSource(name: "all", text: Sample.policy(gated: ["{source: '*'}"], rules: [rule])),
      DocumentSource(name: "broken", text: broken.isEmpty ? Sample.policy("other", rules: []) : broken),
    ]).set
    #expect(set.decide(change: Sample.change("bash"), effects: []).verdict.isHeld)
    let decision = set.decide(change: Sample.change("apt-gate"), effects: [Sample.effect(.unknown)])
    #expect(decision.verdict == .allow && decision.gatedBy == [])
    #expect(decision.message == "apt-gate itself is never held, not by `all`")
  }

  @Test func advisoryRuleIsShownAndDoesNotCount() throws {
    let rule = "{id: soon, match: {source: bash}, effect: hold, message: later, enforce: advisory}"
    let decision = try Sample.policies(Sample.policy(rules: [rule])).decide(change: Sample.change("bash"), effects: [])
    #expect(decision.verdict == .allow)
    #expect(decision.rules.first?.fired == true)
    #expect(decision.rules.first?.reason == "advisory only: source is `bash`")
  }

  @Test func shieldKeepsItsUnitsUnderAStricterVerdict() throws {
    let set = try Sample.policies(
      Sample.policy(rules: [
        "{id: shield, match: {effects: {kind: restart, unit: 'a*.service'}}, effect: shield, message: '{effects.units}'}",
        "{id: person, match: {source: demo}, effect: {approve: {count: 2}}, message: '{update.source} {update.to}'}",
      ]))
    let effects = [Sample.effect(.restart, "a.service"), Sample.effect(.restart, "b.service")]
    let shielded = set.decide(change: Sample.change("other"), effects: effects)
    #expect(shielded.verdict == .shield)
    #expect(shielded.message == "a.service")
    #expect(shielded.clearsWhen == "the restart of a.service is owed until `apt-gate restart` or a reboot")
    let both = set.decide(change: Sample.change("demo"), effects: effects)
    #expect(both.verdict == .approve)
    #expect(both.shieldedUnits == ["a.service"])
    #expect(both.approvalsNeeded == 2)
    #expect(both.message == "demo 1.0-2")
    #expect(both.clearsWhen == "2 people: `apt-gate approve demo`")
  }

  @Test func hardRuleIsNotClearedByApproval() throws {
    let rule = "{id: never, match: {source: bash}, effect: hold, message: no way, enforce: hard}"
    let decision = try Sample.policies(Sample.policy(rules: [rule])).decide(change: Sample.change("bash"), effects: [])
    #expect(decision.clearsWhen == "a newer version or another policy; no approval clears it")
    #expect(!decision.isApprovable)
  }

  @Test func packageDataCannotReachTheTerminal() throws {
    let rule = "{id: show, match: {source: '*'}, effect: hold, message: '{update.to} {{ok}}'}"
    var change = Sample.change("bash")
    change.to = PackageVersion("1\u{1b}[31m")
    let decision = try Sample.policies(Sample.policy(rules: [rule])).decide(change: change, effects: [])
    #expect(decision.message == "1\\u{1b}[31m {ok}")
  }
}
