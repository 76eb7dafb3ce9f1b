import GateEngine
import GateModel
import Testing

/// The way of a transaction, read as a transcript.
@Suite struct TransactionStateMachineTests {
  private let networkd = ["systemd-networkd.service"]

  @Test func nothingGatedIsRecordedAndGoesAhead() {
    var machine = TransactionStateMachine(mode: .enforce)
    #expect(machine.decided([.plain]) == .recordIntent)
    #expect(machine.intentRecorded(.done) == .allow)
    #expect(machine.dpkgEnded(.finished) == .recordOutcome(TransactionResult()))
    #expect(machine.outcomeRecorded(.done) == .finish)
    #expect(machine.state == .closed)
  }

  @Test func systemdIsShieldedAndWatched() {
    var machine = TransactionStateMachine(mode: .enforce)
    #expect(machine.decided([.plain, .systemd]) == .recordIntent)
    #expect(machine.intentRecorded(.done) == .lookBefore)
    #expect(machine.sawBefore(.done) == .startGuard)
    #expect(machine.guarded(.done) == .raiseShield(units: networkd))
    #expect(machine.shielded(.done) == .allow)
    #expect(machine.state == .applying)
    #expect(machine.dpkgEnded(.finished) == .lookAfter)
    #expect(machine.sawAfter(.done) == .probe)
    #expect(machine.probed(.done) == .lowerShield(units: networkd))
    #expect(machine.unshielded(.done) == .recordOutcome(TransactionResult()))
    #expect(machine.outcomeRecorded(.done) == .finish)
    #expect(machine.result.isGood)
  }

  @Test func anotherProcessFinishesWhatAptLeft() {
    var machine = TransactionStateMachine(units: networkd, isWatched: true)
    #expect(machine.dpkgEnded(.interrupted) == .lookAfter)
    #expect(machine.sawAfter(.done, lost: 3) == .restore)
    #expect(machine.restored(.done, count: 2) == .probe)
    #expect(machine.probed(.done, failed: ["gateway"]) == .lowerShield(units: networkd))
    let result = TransactionResult(
      end: .interrupted, lost: 3, restored: 2, failedProbes: ["gateway"], problems: ["no bus"])
    #expect(machine.unshielded(.failed("no bus")) == .recordOutcome(result))
    #expect(!machine.result.isGood)
  }

  @Test func aHeldChangeIsRefusedAndTheRefusalRecorded() {
    var machine = TransactionStateMachine(mode: .enforce)
    let refusal = TransactionRefusal(.held, changes: [.held])
    #expect(machine.decided([.plain, .held, .systemd]) == .recordVeto(refusal))
    #expect(machine.vetoRecorded(.failed("disk full")) == .veto(refusal))
    #expect(machine.state == .closed)
  }

  @Test func whatCannotBeReadMayHideWhatIsGated() {
    var machine = TransactionStateMachine(mode: .enforce)
    let refusal = TransactionRefusal(.unreadable(["line"]), changes: [])
    #expect(machine.decided([.plain], problems: ["line"]) == .recordVeto(refusal))
  }

  @Test func aTimeLimitStopsOnlyWhatIsGated() {
    var machine = TransactionStateMachine(mode: .enforce)
    #expect(machine.decided([.plain], limit: "10 s left") == .recordIntent)
    machine = TransactionStateMachine(mode: .enforce)
    let refusal = TransactionRefusal(.timeLimit("10 s left"), changes: [.gated])
    #expect(machine.decided([.plain, .gated], limit: "10 s left") == .recordVeto(refusal))
  }

  @Test(arguments: [TransactionMode.observe, .dryRun])
  func withoutEnforcingNothingIsRefusedOrRaised(mode: TransactionMode) {
    var machine = TransactionStateMachine(mode: mode)
    #expect(machine.ranLate(.seconds(5)) == .allow)
    let action = machine.decided([.held, .systemd], problems: ["line"], limit: "late")
    #expect(action == (mode == .observe ? .recordIntent : .allow))
    #expect(mode == .dryRun || machine.intentRecorded(.failed("disk full")) == .allow)
  }

  @Test func aLedgerThatCannotBeWrittenStopsWhatIsGated() {
    var machine = TransactionStateMachine(mode: .enforce)
    _ = machine.decided([.plain, .gated])
    #expect(machine.intentRecorded(.failed("disk full")) == .withdraw)
    let refusal = TransactionRefusal(.notRecorded("disk full"), changes: [.gated])
    #expect(machine.withdrawn(.done) == .recordVeto(refusal))
    machine = TransactionStateMachine(mode: .enforce)
    _ = machine.decided([.plain])
    #expect(machine.intentRecorded(.failed("disk full")) == .allow)
  }

  @Test func whatNothingGatesGoesAheadUnwatchedIfNeedBe() {
    var machine = TransactionStateMachine(mode: .enforce)
    _ = machine.decided([.restarting])
    #expect(machine.intentRecorded(.done) == .lookBefore)
    #expect(machine.sawBefore(.failed("no netlink")) == .allow)
    #expect(machine.dpkgEnded(.finished) == .recordOutcome(TransactionResult(problems: ["no netlink"])))
  }

  @Test func lateMeansRefusedIfAnythingMayBeGated() {
    var machine = TransactionStateMachine(mode: .enforce)
    #expect(machine.ranLate(.seconds(5)) == .veto(TransactionRefusal(.late(.seconds(5)), changes: [])))
    machine.foresaw([.plain])
    #expect(machine.ranLate(.seconds(5)) == .allow)
    machine.foresaw([.plain, .gated])
    #expect(machine.ranLate(.seconds(5)) == .veto(TransactionRefusal(.late(.seconds(5)), changes: [.gated])))
    _ = machine.decided([.plain])
    #expect(machine.ranLate(.seconds(5)) == .allow)
  }
}
