import GateModel
import Policy
import Testing

@Suite struct ConditionTests {
  private func set(_ when: String, effect: String = "stage", message: String = "m") throws -> PolicySet {
    try Sample.policies(
      """
      apiVersion: apt-gate/v1
      name: demo
      rules:
        - id: r
          match: {source: "*"}
          when: |
            \(when)
          effect: \(effect)
          message: '\(message)'
      """)
  }

  private func verdict(_ when: String, _ facts: Facts = FactsTests.everything) throws -> Verdict {
    try set(when).decide(facts).verdict
  }

  @Test(arguments: [
    ("update.source == 'demo' && update.security", Verdict.stage), ("update.from == '2'", .allow),
    ("effects.exists(e, e.kind == 'restart' && e.unit == 'a.service')", .stage),
    ("effects.exists(e, has(e.unit) && e.unit.startsWith('b'))", .allow),
    ("update.age < duration('36h')", .stage), ("update.age < duration('12h')", .allow),
    ("network.atRisk.rules > 0 && network.networkd.version == '252'", .stage), ("network.atRisk.count == 301", .stage),
    ("'edge' in node.groups && node.labels['zone'] == 'a'", .stage), ("node.labels.zone == 'b'", .allow),
    ("fleet.reachable && !fleet.halted && fleet.ring == 'canary'", .stage), ("fleet.updatedNodes >= 10", .allow),
    ("now.getHours('Europe/Berlin') == 1", .stage), ("update.binaries.all(b, b.name.startsWith('lib'))", .allow),
    ("network.atRisk.objects.exists(r, r.kind == 'route' && ip(r.dst.split('/')[0]).family() == 4)", .stage),
    ("update.origins.exists(o, o.suite.matches('^sta.*'))", .stage),
  ])
  func conditionDecides(when: String, verdict: Verdict) throws {
    #expect(try self.verdict(when) == verdict)
  }

  @Test(arguments: [
    ("network.atRisk.count > 0", "`network` is not known"), ("fleet.ring == 'x'", "`fleet` is not known"),
    ("update.age < duration('1h')", "`age` is not known"),
  ])
  func missingFactMakesTheRuleFire(when: String, failure: String) throws {
    let set = try set(when)
    let facts = Facts(change: Sample.change("bash"), effects: [])
    let decision = set.decide(facts)
    #expect(decision.verdict == .stage)
    #expect(decision.message == "m (assumed, because \(failure))")
    #expect(
      decision.rules.first?.reason
        == "fires because it could not be evaluated: \(failure) (source `bash` matches `*`)")
  }

  @Test func missingFactOfAnotherRuleDoesNotMatter() throws {
    let set = try Sample.policies(
      Sample.policy(rules: [
        "{id: r, match: {source: systemd}, when: 'network.atRisk.count > 0', effect: stage, message: m}"
      ]))
    #expect(set.decide(change: Sample.change("bash"), effects: []).verdict == .allow)
    #expect(set.decide(change: Sample.change("systemd"), effects: []).verdict == .stage)
  }

  @Test func whatAbsorbsAMissingFactDecides() throws {
    let facts = Facts(change: Sample.change("bash"), effects: [])
    #expect(try verdict("network.atRisk.count > 0 && update.source == 'zsh'", facts) == .allow)
    #expect(try verdict("network.atRisk.count > 0 || update.source == 'bash'", facts) == .stage)
  }

  @Test func explanationShowsThePartsWithTheirValues() throws {
    let decision = try set("network.atRisk.rules > 0 && update.age < duration('3d'.replace('3d', '72h'))")
      .explain(FactsTests.everything)
    let shown = decision.rules.first?.conditions.map { "\($0.text) = \($0.value ?? $0.failure ?? "")" } ?? []
    #expect(shown.contains("network.atRisk.rules > 0 = true"), "\(shown)")
    #expect(shown.contains("network.atRisk.rules = 1"), "\(shown)")
    #expect(shown.contains("update.age = 1 day"), "\(shown)")
  }

  @Test func timeInAConditionClearsAtADate() throws {
    let young = try set("update.age < duration('72h') && network.atRisk.count > 0", effect: "defer")
    #expect(
      young.decide(FactsTests.everything).clearsWhen
        == "2026-11-23 00:00 UTC, when its condition ends, or `apt-gate approve demo`")
    let hours = try set("now.getHours('UTC') < 6", effect: "defer").decide(FactsTests.everything)
    #expect(hours.clearsWhen == "2026-11-21 06:00 UTC, when its condition ends, or `apt-gate approve demo`")
  }

  @Test func factsInAConditionClearByTheChangeNeeded() throws {
    let decision = try set("network.atRisk.count > 0 && 'edge' in node.groups", effect: "hold")
      .decide(FactsTests.everything)
    #expect(
      decision.clearsWhen
        == "a newer version, or another policy, or when one of `network.atRisk.count > 0`, `'edge' in node.groups` "
        + "no longer holds, or `apt-gate approve demo`")
  }

  @Test func messagesShowExpressions() throws {
    let message =
      #"{update.source} loses {network.atRisk.count} of {{it}}: "#
      + #"{network.atRisk.objects.filter(r, r.kind == "rule").map(r, r["priority"])}"#
    let decision = try set("true", message: message).decide(FactsTests.everything)
    #expect(decision.message == "demo loses 301 of {it}: 100")
    let blind = try set("true", message: "in {node.name}").decide(change: Sample.change("bash"), effects: [])
    #expect(blind.message == "in {node.name}")
  }

  @Test func conditionBelongsToTheDigest() throws {
    #expect(try set("update.security").canonicalBytes != set("!update.security").canonicalBytes)
  }

  /// Every fact of the reference can be named, and has its type.
  @Test(arguments: FactReference.all.filter { !$0.path.contains("[]") })
  func referenceIsTrue(fact: FactReference) throws {
    let compare = fact.type.hasPrefix("list") ? "\(fact.path).size() >= 0" : "type(\(fact.path)) == type(\(fact.path))"
    let decision = try set(compare).decide(FactsTests.everything)
    #expect(decision.message == "m", "\(fact.path)")
  }
}
