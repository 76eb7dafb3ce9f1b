import GateModel
import Policy
import TestSupport
import Testing

/// The laws of combining rules, over sets and changes that are drawn at random. The seed is printed by a failure.
@Suite struct LawTests {
  static let seeds = (0..<25).map { TestSeed.named("policy laws") &+ $0 }

  @Test(arguments: seeds) func orderOfRulesAndFilesNeverMatters(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    let rules = draw.rules(8)
    let whole = try Sample.policies(Sample.policy(gated: ["{source: a}"], rules: rules))
    let shuffled = rules.shuffled(using: &draw.generator)
    let split = try Sample.load([
      Sample.policy("one", rules: Array(shuffled.prefix(3))),
      Sample.policy("two", gated: ["{source: a}"], rules: Array(shuffled.dropFirst(3))),
    ])
    for _ in 0..<20 {
      let facts = draw.facts()
      var left = whole.decide(facts)
      var right = split.decide(facts)
      left.gatedBy = []
      right.gatedBy = []
      if left.verdict == .undetermined { left.message = right.message }
      #expect(left == right, "seed \(seed)")
    }
  }

  /// Grouping does not matter either: the verdict of a union is the stricter of the parts' verdicts.
  @Test(arguments: seeds) func combiningIsAssociative(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    let rules = draw.rules(9)
    let parts = try [rules[0..<3], rules[3..<6], rules[6..<9]].map { try set(Array($0)) }
    let all = try set(rules)
    for _ in 0..<20 {
      let facts = draw.facts()
      let verdicts = parts.map { $0.decide(facts).verdict }
      #expect(all.decide(facts).verdict == verdicts.max(), "seed \(seed)")
    }
  }

  /// The same rules again, under other names, change nothing.
  @Test(arguments: seeds) func combiningIsIdempotent(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    let rules = draw.rules(5)
    let again = rules.map { $0.replacing("id: r", with: "id: again-") }
    let once = try set(rules)
    let twice = try set(rules + again)
    for _ in 0..<20 {
      let facts = draw.facts()
      let left = once.decide(facts)
      let right = twice.decide(facts)
      #expect(left.verdict == right.verdict, "seed \(seed)")
      #expect(left.message == right.message, "seed \(seed)")
      #expect(left.shieldedUnits == right.shieldedUnits, "seed \(seed)")
    }
  }

  @Test(arguments: seeds) func oneMoreRuleNeverLoosens(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    let rules = draw.rules(6)
    let fewer = try set(Array(rules.dropLast()))
    let more = try set(rules)
    for _ in 0..<20 {
      let facts = draw.facts()
      #expect(more.decide(facts).verdict >= fewer.decide(facts).verdict, "seed \(seed)")
    }
  }

  /// Knowing less never loosens a verdict.
  @Test(arguments: seeds) func lessKnowledgeNeverLoosens(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    let set = try set(draw.rules(6))
    for _ in 0..<20 {
      let facts = draw.facts()
      var blind = facts
      blind.now = nil
      blind.node = nil
      blind.firstSeen = nil
      #expect(set.decide(blind).verdict >= set.decide(facts).verdict, "seed \(seed)")
    }
  }

  @Test(arguments: seeds) func indexLeavesOutNothingThatFires(seed: UInt64) throws {
    var draw = Draw(seed: seed)
    let set = try set(draw.rules(20))
    for _ in 0..<20 {
      let facts = draw.facts()
      let fired = set.explain(facts).rules.filter(\.fired)
      #expect(set.decide(facts).rules.filter(\.fired) == fired, "seed \(seed)")
    }
  }

  private func set(_ rules: [String]) throws -> PolicySet {
    try Sample.policies(Sample.policy(rules: rules))
  }
}

/// Draws rules and facts from small sets, so that they often meet.
struct Draw {
  var generator: Seed
  private var count = 0

  init(seed: UInt64) { generator = Seed(value: seed) }

  private mutating func one(_ values: String...) -> String { values.randomElement(using: &generator) ?? "" }
  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &generator) < percent }

  mutating func rules(_ number: Int) -> [String] { (0..<number).map { _ in rule() } }

  private mutating func rule() -> String {
    count += 1
    var rule =
      "{id: r\(count), match: \(match()), effect: \(one("allow", "shield", "stage", "approve", "{hold: {maximum: 9d}}"))"
    if chance(20) { rule += ", except: \(match())" }
    if chance(20) { rule += ", youngerThan: \(one("1d", "3d"))" }
    return rule + ", message: \(one("some", "other"))}"
  }

  private mutating func match() -> String {
    var parts: [String] = []
    if chance(60) { parts.append("source: \(one("a", "b", "'a*'", "'*'", "[a, c]", "'?b'"))") }
    if chance(20) { parts.append("binary: \(one("a", "'lib*'"))") }
    if chance(20) { parts.append("security: \(one("true", "false"))") }
    if chance(10) { parts.append("group: \(one("edge", "'c*'"))") }
    if chance(40) || parts.isEmpty {
      parts.append("effects: {kind: \(one("restart", "stop", "[restart, reboot]"))\(one("", ", unit: 'x*.service'"))}")
    }
    return "{" + parts.joined(separator: ", ") + "}"
  }

  mutating func facts() -> Facts {
    let change = Sample.change(
      one("a", "b", "c", "ab"), binaries: [one("a", "liba", "b")], security: chance(50))
    let kinds: [EffectKind] = [.restart, .stop, .reboot, .reload]
    let effects = (0..<Int.random(in: 0..<3, using: &generator)).map { _ in
      Sample.effect(kinds.randomElement(using: &generator) ?? .restart, one("x.service", "xy.service", "z.service"))
    }
    var facts = Facts(change: change, effects: effects)
    facts.now = Timestamp("2026-11-21T12:00:00Z")
    facts.firstSeen = Timestamp(one("2026-11-21T00:00:00Z", "2026-11-19T00:00:00Z", "2026-11-01T00:00:00Z"))
    facts.node = NodeFacts(name: "n", groups: [one("edge", "core", "other")])
    return facts
  }
}
