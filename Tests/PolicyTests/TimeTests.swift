import GateModel
import Policy
import Testing

@Suite struct TimeTests {
  private func facts(_ now: String, firstSeen: String? = nil, heldSince: String? = nil) -> Facts {
    var facts = Facts(change: Sample.change("bash"), effects: [])
    facts.now = Timestamp(now)
    facts.firstSeen = firstSeen.flatMap { Timestamp($0) }
    facts.heldSince = heldSince.flatMap { Timestamp($0) }
    return facts
  }

  private func set(windows: [String], rule: String) throws -> PolicySet {
    let text = Sample.policy(rules: ["{id: r, match: {source: '*'}, \(rule), message: m}"])
    guard !windows.isEmpty else { return try Sample.policies(text) }
    return try Sample.policies(text + "windows:\n" + windows.map { "  - \($0)\n" }.joined())
  }

  /// Freeze over Christmas in Berlin (UTC+1).
  @Test(arguments: [
    ("2026-12-19T22:59:59Z", false), ("2026-12-19T23:00:00Z", true), ("2027-01-02T22:59:59Z", true),
    ("2027-01-02T23:00:00Z", false), ("2025-12-25T12:00:00Z", false),
  ])
  func freeze(now: String, frozen: Bool) throws {
    let window = "{name: year-end, timeZone: Europe/Berlin, from: 2026-12-20, to: 2027-01-03}"
    let decision = try set(windows: [window], rule: "during: year-end, effect: defer").decide(facts(now))
    #expect(decision.verdict == (frozen ? .defer : .allow))
    if frozen {
      #expect(
        decision.clearsWhen
          == "2027-01-03 00:00 Europe/Berlin, when window `year-end` closes, or `apt-gate approve bash`")
    }
  }

  /// Maintenance on Friday and Saturday nights, over midnight.
  @Test(arguments: [
    ("2026-11-20T21:59:00Z", true, "2026-11-20 22:00 UTC"), ("2026-11-20T22:00:00Z", false, ""),
    ("2026-11-21T03:59:59Z", false, ""), ("2026-11-21T04:00:00Z", true, "2026-11-21 22:00 UTC"),
    ("2026-11-22T03:00:00Z", false, ""), ("2026-11-22T23:00:00Z", true, "2026-11-27 22:00 UTC"),
  ])
  func maintenance(now: String, deferred: Bool, opens: String) throws {
    let window = "{name: nights, timeZone: UTC, days: fri-sat, from: \"22:00\", to: 04:00}"
    let decision = try set(windows: [window], rule: "outside: nights, effect: defer").decide(facts(now))
    #expect(decision.verdict == (deferred ? .defer : .allow))
    if deferred {
      #expect(decision.clearsWhen == "\(opens), when window `nights` opens, or `apt-gate approve bash`")
      #expect(decision.rules.first?.reason == "source `bash` matches `*` and window `nights` is closed")
    }
  }

  /// The local hours stay the same over a change of clocks: Berlin goes back on 2026-10-25.
  @Test(arguments: [
    ("2026-10-18T03:30:00Z", true), ("2026-10-18T02:30:00Z", true), ("2026-10-18T01:30:00Z", false),
    ("2026-10-25T03:30:00Z", true), ("2026-10-25T02:30:00Z", false), ("2026-10-25T05:00:00Z", false),
  ])
  func localHoursOverAClockChange(now: String, open: Bool) throws {
    let window = "{name: sunday, timeZone: Europe/Berlin, days: sun, from: 04:00, to: 06:00}"
    let decision = try set(windows: [window], rule: "during: sunday, effect: defer").decide(facts(now))
    #expect(decision.verdict == (open ? .defer : .allow))
  }

  @Test func windowsThatTouchCloseTogether() throws {
    let windows = [
      "{name: all-weekend, timeZone: UTC, days: sat-sun, from: 00:00, to: \"24:00\"}"
    ]
    let decision = try set(windows: windows, rule: "during: all-weekend, effect: defer")
      .decide(facts("2026-11-21T12:00:00Z"))
    #expect(decision.clearsWhen?.hasPrefix("2026-11-23 00:00 UTC") == true)
  }

  @Test func minimumAgeCountsFromFirstSeen() throws {
    let set = try set(windows: [], rule: "youngerThan: 3d, effect: defer")
    let young = set.decide(facts("2026-11-21T12:00:00Z", firstSeen: "2026-11-20T00:00:00Z"))
    #expect(young.verdict == .defer)
    #expect(
      young.clearsWhen == "2026-11-23 00:00 UTC, 3 days after it was first seen, or `apt-gate approve bash`")
    #expect(
      young.rules.first?.reason
        == "source `bash` matches `*` and first seen 1 day 12 hours ago, less than 3 days")
    #expect(set.decide(facts("2026-11-23T00:00:00Z", firstSeen: "2026-11-20T00:00:00Z")).verdict == .allow)
  }

  @Test func unknownTimesMakeTheRuleFireAndSaySo() throws {
    let set = try set(windows: [], rule: "youngerThan: 3d, effect: defer")
    let unseen = set.decide(facts("2026-11-21T12:00:00Z"))
    #expect(unseen.verdict == .defer)
    #expect(unseen.message == "m (assumed, because when the version was first seen is not known)")
    let timeless = set.decide(change: Sample.change("bash"), effects: [])
    #expect(timeless.message == "m (assumed, because the time is not known)")
    #expect(
      timeless.rules.first?.reason
        == "fires because it could not be evaluated: the time is not known (source `bash` matches `*`)")
  }

  @Test func gatedChangeIsNotAllowedByARuleThatCouldNotBeEvaluated() throws {
    let rule = "{id: r, match: {source: bash}, youngerThan: 3d, effect: allow, message: m}"
    let gated = try Sample.policies(Sample.policy(gated: ["{source: bash}"], rules: [rule]))
    #expect(gated.decide(change: Sample.change("bash"), effects: []).verdict == .undetermined)
    let free = try Sample.policies(Sample.policy(rules: [rule]))
    #expect(free.decide(change: Sample.change("bash"), effects: []).verdict == .allow)
  }

  @Test func holdPastItsMaximumIsEscalatedAndStaysHeld() throws {
    let set = try set(windows: [], rule: "effect: {hold: {maximum: 14d, escalate: ['@security']}}")
    let fresh = set.decide(facts("2026-11-21T12:00:00Z", heldSince: "2026-11-10T12:00:00Z"))
    #expect(fresh.escalations == [])
    let late = set.decide(facts("2026-11-25T12:00:00Z", heldSince: "2026-11-10T12:00:00Z"))
    #expect(late.verdict == .hold)
    #expect(
      late.escalations == [
        EscalationNotice(rule: "r", message: "held for 15 days; rule `r` allows 14 days", to: ["@security"])
      ])
  }

  @Test func escalationsAreAboutHeldChangesOnly() throws {
    let escalation = """
      escalations:
        - {id: late, match: {security: true}, after: 7d, to: ann, message: "look at {update.source}"}
      """
    let rule = "{id: r, match: {source: held}, effect: stage, message: m}"
    let set = try Sample.policies(Sample.policy(rules: [rule]) + escalation)
    for (source, expected) in [("held", ["held for 10 days: look at held"]), ("free", [])] {
      var facts = Facts(change: Sample.change(source, security: true), effects: [])
      facts.now = Timestamp("2026-11-20T00:00:00Z")
      facts.heldSince = Timestamp("2026-11-10T00:00:00Z")
      #expect(set.decide(facts).escalations.map(\.message) == expected)
    }
  }

  @Test func approvalTermsAreInTheDecision() throws {
    let set = try set(windows: [], rule: "effect: {approve: {count: 2, from: [ann, bob, cyd]}}")
    let decision = set.decide(change: Sample.change("bash"), effects: [])
    #expect(decision.approvals == [ApprovalTerms(rule: "r", count: 2, from: ["ann", "bob", "cyd"])])
    #expect(decision.clearsWhen == "2 of ann, bob, cyd: `apt-gate approve bash`")
  }
}
