import Documents
import GateModel
import Policy
import Testing

@Suite struct ApprovalTests {
  private static let now = Timestamp(secondsSinceEpoch: 1_790_000_000)
  private static let digest = "d1"

  private func approval(
    _ approvers: Set<String> = ["alice"], source: String = "bash", version: String = "1.0-2", digest: String = digest,
    reason: String = "tested", expires: Timestamp = now.advanced(by: .seconds(60))
  ) -> Approval {
    Approval(
      source: source, version: PackageVersion(version), policyDigest: digest, approvers: approvers, reason: reason,
      expires: expires)
  }

  private func review(
    _ rules: [String], _ approvals: [Approval], gated: [String] = [], effects: [Effect] = [],
    teams: [String: Set<String>] = [:]
  ) throws -> ApprovalReview {
    let set = try Sample.policies(Sample.policy(gated: gated, rules: rules))
    let change = Sample.change("bash")
    return set.decide(change: change, effects: effects)
      .applying(approvals, to: change, policyDigest: Self.digest, now: Self.now, teams: teams)
  }

  private let hold = "{id: r, match: {source: bash}, effect: hold, message: held}"
  private let two = "{id: r, match: {source: bash}, effect: {approve: {count: 2}}, message: asks}"

  @Test func oneWordIsEnoughForAHold() throws {
    let review = try review([hold], [approval()])
    #expect(review.outcome == .letThrough(by: ["alice"]))
    #expect(review.decision.verdict == .allow)
    #expect(review.decision.decidedBy == ["r"])
    #expect(review.decision.message == "approved by alice (tested); without that hold: held")
    #expect(review.decision.clearsWhen == nil)
    #expect(review.discounted == [])
  }

  @Test(arguments: ["defer", "stage", "approve", "hold"])
  func everyHeldVerdictOfARuleCanBeLetThrough(effect: String) throws {
    let time = effect == "defer" ? "when: update.source == 'bash', " : ""
    let rule = "{id: r, match: {source: bash}, \(time)effect: \(effect), message: m}"
    #expect(try review([rule], []).outcome == .refused([.noApproval]))
    #expect(try review([rule], [approval()]).decision.verdict == .allow)
  }

  @Test func aHardRuleRefuses() throws {
    let hard = "{id: h, match: {source: bash}, effect: stage, enforce: hard, message: never}"
    let review = try review([hold, hard], [approval()])
    #expect(review.outcome == .refused([.notApprovable]))
    #expect(review.decision.verdict == .hold)
  }

  @Test func twoPeopleMayComeOneByOne() throws {
    let one = try review([two], [approval(["alice"]), approval(["alice"], reason: "again")])
    #expect(one.outcome == .refused([.tooFewPeople(rule: "r", needed: 2, given: ["alice"])]))
    #expect(one.decision.verdict == .approve)
    let both = try review([two], [approval(["bob"]), approval(["alice"])])
    #expect(both.outcome == .letThrough(by: ["alice", "bob"]))
  }

  @Test func everyRuleThatAsksForPeopleMustHaveThem() throws {
    let team = "{id: t, match: {source: bash}, effect: {approve: {count: 1, from: ['@net', carol]}}, message: m}"
    let people = [approval(["alice", "bob"])]
    #expect(try review([two, team], people).outcome == .refused([.tooFewPeople(rule: "t", needed: 1, given: [])]))
    #expect(try review([two, team], people, teams: ["@net": ["bob"]]).decision.verdict == .allow)
    #expect(try review([two, team], people + [approval(["carol"])]).decision.verdict == .allow)
  }

  @Test func whatDoesNotCountSaysWhy() throws {
    let old = approval(version: "1.0-1")
    let other = approval(digest: "d0")
    let late = approval(expires: Self.now)
    let nobody = approval(["  "])
    let review = try review([hold], [old, other, late, nobody, approval(source: "zsh")])
    #expect(review.outcome == .refused([.noApproval]))
    #expect(
      review.discounted == [
        DiscountedApproval(approval: old, reason: .otherVersion(pending: PackageVersion("1.0-2"))),
        DiscountedApproval(approval: other, reason: .otherPolicies),
        DiscountedApproval(approval: late, reason: .expired), DiscountedApproval(approval: nobody, reason: .nobody),
      ])
    #expect(
      review.discounted.map(\.reason.description) == [
        "it is for another version; pending is `1.0-2`", "the policies have changed since", "it has expired",
        "it names nobody",
      ])
  }

  @Test func whatIsLetThroughKeepsItsShield() throws {
    let shield = "{id: s, match: {effects: {kind: restart}}, effect: shield, message: m}"
    let review = try review([hold, shield], [approval()], effects: [Sample.effect(.restart, "a.service")])
    #expect(review.decision.verdict == .shield)
    #expect(review.decision.shieldedUnits == ["a.service"])
    #expect(review.decision.clearsWhen == "the restart of a.service is owed until `apt-gate restart` or a reboot")
  }

  @Test func whatIsNotHeldNeedsNobody() throws {
    #expect(try review([], []).outcome == .notNeeded)
  }

  /// A person can read a script, but cannot stand for a rule that is missing.
  @Test func undeterminedIsApprovableOnlyWhereAPersonCanLook() throws {
    #expect(try review([], [approval()], gated: ["{source: bash}"]).outcome == .refused([.notApprovable]))
    let allow = "{id: a, match: {source: bash}, effect: allow, message: m}"
    let unknown = try review([allow], [approval()], gated: ["{source: bash}"], effects: [Sample.effect(.unknown)])
    #expect(unknown.decision.verdict == .allow)
    let broken = PolicySet.load([
      DocumentSource(name: "x", text: Sample.policy(gated: ["{source: bash}"], rules: ["{id: x}"]))
    ]).set
    let decision = broken.decide(change: Sample.change("bash"), effects: [])
    #expect(decision.verdict == .undetermined && !decision.isApprovable)
  }

  /// More approvals never make a verdict stricter, and never milder than allow.
  @Test func moreWordsNeverHoldMore() throws {
    let all = [approval(["a"]), approval(["b"]), approval(["c"], digest: "no")]
    for count in 0..<all.count {
      let fewer = try review([two, hold], Array(all.prefix(count))).decision.verdict
      #expect(try review([two, hold], Array(all.prefix(count + 1))).decision.verdict <= fewer)
    }
  }
}
