import GateEngine
import GateModel
import Testing

@testable import apt_gate

/// What administrators read of refusals, outcomes and restarts.
@Suite struct HookTextTests {
  private func checked(_ verdict: Verdict, isApprovable: Bool = true) -> CheckedChange {
    let change = Change(
      source: "foo", from: PackageVersion("1"), to: PackageVersion("2"), action: .upgrade, binaries: [])
    let decision = Decision(
      verdict: verdict, decidedBy: ["rule"], message: "\u{1b}[2Jbecause", clearsWhen: "later",
      isApprovable: isApprovable)
    return CheckedChange(assessed: AssessedChange(change: change, effects: [], decision: decision), basis: .candidate)
  }

  @Test func aHoldSaysWhichRuleWhatClearsItAndWhatToDo() {
    let text = RefusalText(refusal: TransactionRefusal(.held, changes: [checked(.hold)])).text
    #expect(
      text == """
        apt-gate: apt may not install what is held; nothing was changed
          foo 1 -> 2: hold by `rule`
            why: \\u{1b}[2Jbecause
            clears when: later
            to let it through: apt-gate approve foo
            more: apt-gate explain foo
          other updates go ahead without these: name what you want, or run `apt-gate sync` and then apt again

        """)
  }

  @Test func whatNobodyCanApproveIsNotOffered() {
    for change in [checked(.hold, isApprovable: false), checked(.undetermined)] {
      #expect(!RefusalText(refusal: TransactionRefusal(.held, changes: [change])).text.contains("apt-gate approve"))
    }
  }

  @Test func manyChangesAreCounted() {
    let changes = Array(repeating: checked(.hold), count: 25)
    #expect(RefusalText(refusal: TransactionRefusal(.held, changes: changes)).text.contains("  and 5 more\n"))
  }

  @Test func aGoodOutcomeSaysNothing() {
    #expect(FinishText(result: TransactionResult(), owed: []).text == "")
    let text = FinishText(result: TransactionResult(lost: 3, restored: 2), owed: []).text
    #expect(text == "apt-gate: 3 objects of the network were lost, 2 of them are there again\n")
  }

  @Test func aRestartThatIsHeldSaysUntilWhen() {
    let text = RestartText(report: .held).text
    #expect(text.contains("may not be restarted now"))
    #expect(text.contains("defer by `working-hours`: restarts wait for the night"))
    #expect(text.contains("clears when: at 22:00"))
    #expect(RestartReport.held.status == .held)
    #expect(RestartReport.done.status == .done)
  }
}
