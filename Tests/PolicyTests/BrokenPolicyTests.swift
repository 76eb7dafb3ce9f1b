import Documents
import GateModel
import Policy
import Testing

/// G5: an error in a policy holds what is gated and lets the rest through.
@Suite struct BrokenPolicyTests {
  private let broken = DocumentSource(
    name: "broken.yaml",
    text: Sample.policy(
      gated: ["{source: [systemd, 'bad/name']}", "{source: '/'}"],
      rules: [
        "{id: typo, match: {source: bash}, efect: hold, message: m}",
        "{id: kernel, match: {binary: 'linux-image-*'}, effect: stage, message: m}",
      ]))

  @Test func gatedAndRuledChangesAreUndetermined() {
    let set = PolicySet.load([broken]).set
    for change in [Sample.change("systemd"), Sample.change("linux", binaries: ["linux-image-6.1.0-9-amd64"])] {
      let decision = set.decide(change: change, effects: [])
      #expect(decision.verdict == .undetermined)
      #expect(decision.message?.hasPrefix("a policy is broken: broken.yaml:4: ") == true)
    }
  }

  @Test func theRestPasses() {
    #expect(PolicySet.load([broken]).set.decide(change: Sample.change("vim"), effects: []).verdict == .allow)
  }

  @Test func whatStandsBeforeASyntaxErrorStillGates() {
    let text = Sample.policy(gated: ["{source: systemd}"], rules: []) + "rules: [\n"
    let set = PolicySet.load([DocumentSource(name: "cut.yaml", text: text)]).set
    #expect(set.decide(change: Sample.change("systemd"), effects: []).verdict == .undetermined)
  }
}
