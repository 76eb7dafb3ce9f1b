import GateModel
import Policy
import Testing

@Suite struct DiffTests {
  private func diff(_ before: [String], _ after: [String]) throws -> PolicyDiff {
    PolicyDiff(
      try Sample.policies(Sample.policy(rules: before)), try Sample.policies(Sample.policy(rules: after)))
  }

  private let stage = "{id: one, match: {source: 'sys*'}, effect: stage, message: m}"

  @Test func sameRulesAreTheSame() throws {
    let diff = try diff([stage], [stage.replacing("message: m", with: "message: other")])
    #expect(diff.relation == .same)
    #expect(diff.compared > 1)
  }

  @Test func oneMoreRuleIsStricter() throws {
    let diff = try diff([stage], [stage, "{id: two, match: {effects: {kind: reboot}}, effect: hold, message: m}"])
    #expect(diff.relation == .stricter)
    #expect(
      diff.differences.map { "\($0.before) \($0.after) \($0.decidedAfter)" } == [
        "allow hold [\"two\"]", "stage hold [\"two\"]",
      ])
    #expect(diff.differences.first?.example.effects.contains { $0.kind == .reboot } == true)
  }

  @Test func exceptionIsLooser() throws {
    let diff = try diff([stage], [stage.replacing("effect:", with: "except: {security: true}, effect:")])
    #expect(diff.relation == .looser)
    #expect(diff.differences.allSatisfy { $0.example.change.isSecurity })
    #expect(diff.text.hasPrefix("looser: never stricter, over "))
    #expect(diff.text.contains("looser: stage -> allow ("))
    #expect(diff.text.contains("  before: one; after: no rule\n  such as upgrade of sysx ("))
  }

  @Test func agesAndGroupsAreInTheGrid() throws {
    let young = "{id: one, match: {source: a}, youngerThan: 2d, effect: defer, message: m}"
    #expect(try diff([young], [young.replacing("2d", with: "5d")]).relation == .stricter)
    #expect(try diff([young], [young.replacing("2d", with: "1d")]).relation == .looser)
    let group = "{id: one, match: {source: a, group: edge}, effect: stage, message: m}"
    #expect(try diff([group], [group.replacing(", group: edge", with: "")]).relation == .stricter)
  }

  @Test func networksAreInTheGridWhereTheyAreAskedFor() throws {
    let always = "{id: one, match: {source: a}, effect: stage, message: m}"
    let atRisk = "{id: one, match: {source: a}, when: network.atRisk.count > 0, effect: stage, message: m}"
    let diff = try diff([always], [atRisk])
    #expect(diff.relation == .looser)
    #expect(diff.differences.allSatisfy { $0.example.network?.atRisk.count == 0 })
  }

  @Test func stricterHereAndLooserThereIsIncomparable() throws {
    let other = "{id: one, match: {source: bash}, effect: stage, message: m}"
    #expect(try diff([stage], [other]).relation == .incomparable)
  }

  /// With more rules than facts can be tried of: of each rule some of every kind are.
  @Test func aSampleReachesEveryRule() throws {
    let rules = (0..<150).map { number in
      "{id: r\(number), match: {source: s\(number)}, youngerThan: \(number + 1)d, effect: defer, message: m}"
    }
    let whole = try Sample.policies(Sample.policy(rules: rules))
    for position in [0, 77, 149] {
      var other = rules
      other[position] = rules[position].replacing("match: {", with: "match: {security: false, ")
      let diff = PolicyDiff(whole, try Sample.policies(Sample.policy(rules: other)))
      #expect(diff.isSampled)
      #expect(diff.compared <= FactsGrid.largest)
      #expect(diff.relation == .looser, "rule \(position)")
    }
  }

  @Test func aSmallGridIsTriedWhole() throws {
    let diff = try diff([stage], [stage])
    #expect(!diff.isSampled)
    #expect(diff.compared == diff.possible)
  }

  @Test func recordedFactsCount() throws {
    let rare = Facts(change: Sample.change("systemd-rare"), effects: [])
    let diff = PolicyDiff(
      try Sample.policies(Sample.policy(rules: [stage])),
      try Sample.policies(
        Sample.policy(rules: [stage.replacing("effect:", with: "except: {source: systemd-rare}, effect:")])),
      recorded: [rare])
    #expect(diff.recorded == 1)
    #expect(diff.relation == .looser)
    #expect(diff.differences.first?.example == rare)
  }
}
