import Documents
import GateEngine
import GateModel
import Policy
import Testing

@testable import apt_gate

/// What holds of a change whose .debs there was no time to read.
@Suite struct UnreadChangeTests {
  private static let policies = PolicySet.load([
    DocumentSource(
      name: "p",
      text: """
        apiVersion: apt-gate/v1
        name: restarts
        gated:
          - source: "lib*"
            effects: {kind: restart, unit: systemd-networkd.service}
        rules: []
        """)
  ]).set

  private func checked(_ source: String, _ verdict: Verdict = .allow) -> CheckedChange {
    let change = Change(
      source: source, from: PackageVersion("1"), to: PackageVersion("2"), action: .upgrade, binaries: [])
    let decision = Decision(verdict: verdict, decidedBy: [], message: "before", clearsWhen: nil)
    return CheckedChange(assessed: AssessedChange(change: change, effects: [], decision: decision), basis: .unknown)
  }

  @Test func onlyWhatAPolicyMayGateByItsEffectsIsRefused() {
    let unread = checked("libfoo").unless(isUnread: true, Self.policies)
    #expect(unread.verdict == .undetermined)
    #expect(unread.decision.gatedBy == ["restarts"])
    #expect(unread.decision.message?.contains("no time") == true)
    #expect(checked("libfoo").unless(isUnread: false, Self.policies) == checked("libfoo"))
    #expect(checked("bar").unless(isUnread: true, Self.policies) == checked("bar"))
  }

  @Test func whatIsHeldAlreadyKeepsItsReason() {
    #expect(checked("libfoo", .hold).unless(isUnread: true, Self.policies) == checked("libfoo", .hold))
  }
}
