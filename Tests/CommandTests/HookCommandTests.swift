import Foundation
import GateEngine
import GateModel
import Ledger
import LedgerLog
import Testing

@testable import apt_gate

/// The built program as apt's hook, on made-up nodes.
@Suite(.enabled(if: geteuid() == 0, "the hooks are for root")) struct HookCommandTests {
  @Test func whatNothingHoldsIsRecordedAndGoesAhead() throws {
    let node = try HookNode()
    let outcome = try node.preInstall(node.stream(node.upgrade("foo"), node.upgrade("plain")))
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(outcome.error == "")
    let kinds = try node.entries().map(\.kind)
    #expect(kinds == [.decision, .transactionIntent])
    guard case .decision(let decision) = try #require(node.entries().first).body else { return }
    #expect(decision.verdict == .allow)
    #expect(decision.policyDigest.hasPrefix("sha256:"))
    #expect(decision.change.packages == [PackageRecord(name: "foo", architecture: "amd64", from: "1.0-1", to: "2.0-1")])
    #expect(node.open.count == 1)
    #expect(try node.postInstall().status == 0)
    #expect(try node.entries().map(\.kind) == kinds + [.transactionOutcome])
    #expect(node.open == [])
  }

  /// The hooks leave SQLite's log where it is; the next `sync` closes the ledger. Nothing is lost either way.
  @Test func theLedgerIsNotClosedWhileAptWaits() throws {
    let node = try HookNode()
    let stream = try node.stream(node.upgrade("plain"))
    for _ in 0..<20 {
      #expect(try node.preInstall(stream).status == 0)
      try node.postInstall()
    }
    let log = "\(node.state)/ledger/ledger.db-wal"
    let size = try #require(try FileManager.default.attributesOfItem(atPath: log)[.size] as? Int)
    #expect((1..<2_000_000).contains(size), "\(size) bytes")
    #expect(try node.entries().count == 40)
    #expect(try node.node.gate("sync").error == "")
    #expect(!FileManager.default.fileExists(atPath: log))
    #expect(try node.entries().count { $0.kind == .transactionOutcome } == 20)
    #expect(try NodeLedger.read(state: node.state).verify().findings == [])
  }

  /// unattended-upgrades makes apt run its hooks twice.
  @Test func theSameWordsFromTheSameProcessAreOneTransaction() throws {
    let node = try HookNode()
    let stream = try node.stream(node.upgrade("foo"))
    for _ in 0..<2 { #expect(try node.preInstall(stream).status == 0) }
    #expect(try node.entries().map(\.kind) == [.decision, .transactionIntent])
    try node.postInstall()
    #expect(try node.entries().count { $0.kind == .transactionOutcome } == 1)
    #expect(node.open == [])
  }

  /// Another hook that fails after ours has apt give up, and unattended-upgrades goes on with the next step.
  @Test func whatTheSameProcessBeganBeforeIsOver() throws {
    let node = try HookNode()
    #expect(try node.preInstall(node.stream(node.upgrade("foo"))).status == 0)
    let first = node.open
    #expect(try node.preInstall(node.stream(node.upgrade("plain"))).status == 0)
    #expect(node.open.count == 1 && node.open != first)
    #expect(try node.entries().map(\.kind) == [.decision, .transactionIntent, .transactionOutcome, .transactionIntent])
    try node.postInstall()
    #expect(try node.entries().count { $0.kind == .transactionOutcome } == 2)
    #expect(node.open == [])
  }

  @Test func whatIsHeldIsRefusedInWordsThatHelp() throws {
    let node = try HookNode()
    let outcome = try node.preInstall(node.stream(node.upgrade("held"), node.upgrade("plain")))
    #expect(outcome.status == 2)
    for words in [
      "apt may not install what is held", "held 1.0-1 -> 2.0-1: hold by `held-held`", "held is not wanted",
      "apt-gate approve held", "apt-gate explain held",
    ] { #expect(outcome.error.contains(words), "\(outcome.error)") }
    #expect(!outcome.error.contains("plain 1.0-1"))
    #expect(try node.entries().map(\.kind) == [.decision, .veto])
    #expect(node.open == [])
    _ = try node.preInstall(node.stream(node.upgrade("held")))
    #expect(try node.entries().map(\.kind) == [.decision, .veto, .veto], "the same decision is not recorded again")
  }

  @Test func aDryRunLeavesNothingBehind() throws {
    let node = try HookNode()
    let stream = try node.stream(
      node.upgrade("held"), node.upgrade("net"), configuration: "Debug::pkgDPkgPM=1\n")
    #expect(try node.preInstall(stream).status == 0)
    #expect(!FileManager.default.fileExists(atPath: node.state))
    #expect(!FileManager.default.fileExists(atPath: node.transactions))
    try node.postInstall()
    #expect(!FileManager.default.fileExists(atPath: node.state))
  }

  /// The kind of trouble, and what of it the message must say.
  @Test(arguments: [
    ("ledger:error", "may not go ahead unrecorded"), ("snapshot:error", "state could not be kept"),
    ("guard:error", "nothing would watch over the network"), ("shield:error", "could not be kept out"),
  ])
  func aStepThatFailsRefusesWhatIsGatedAndNothingElse(failpoint: String, words: String) throws {
    let node = try HookNode()
    let environment = [Failpoint.variable: failpoint]
    let gated = try node.preInstall(node.stream(node.upgrade("net"), node.upgrade("plain")), environment: environment)
    #expect(gated.status == 4)
    #expect(gated.error.contains(words), "\(gated.error)")
    #expect(gated.error.contains("net 1.0-1 -> 2.0-1"))
    #expect(node.open == [])
    let plain = try node.preInstall(node.stream(node.upgrade("plain")), environment: environment)
    #expect(plain.status == 0, "\(plain.error)")
  }

  @Test func aStateThatCannotBeWrittenHoldsOnlyWhatIsGated() throws {
    let node = try HookNode()
    try node.node.folder.write("state", "not a folder")
    #expect(try node.preInstall(node.stream(node.upgrade("foo"))).status == 4)
    #expect(try node.preInstall(node.stream(node.upgrade("plain"))).status == 0)
  }

  /// apt's stream does not say where an update comes from; its package lists do.
  @Test func whereAnUpdateComesFromIsKnown() throws {
    let rule = """
      apiVersion: apt-gate/v1
      name: test
      gated: [{source: foo}]
      rules:
        - id: from-here
          match: {source: foo, origin: {origin: Debian}}
          effect: allow
          message: from Debian
      """
    for (origin, status) in [("Debian", 0), ("Elsewhere", 4)] {
      let node = try HookNode(policy: rule)
      let deb = try node.node.deb("foo", "2.0-1", postinst: "#!/bin/sh\n")
      try node.node.offer("foo", "2.0-1", deb: deb)
      try node.node.release(origin: origin)
      let stream = node.stream("foo 1.0-1 amd64 no < 2.0-1 amd64 no \(deb)\n")
      let outcome = try node.preInstall(stream)
      #expect(outcome.status == Int32(status), "\(outcome.error)")
    }
  }

  @Test func policiesThatAreBrokenHoldOnlyWhatTheyGate() throws {
    let node = try HookNode(policy: HookNode.policy.replacing("{hold:", with: "{hodl:"))
    let gated = try node.preInstall(node.stream(node.upgrade("foo")))
    #expect(gated.status == 4)
    #expect(gated.error.contains("a policy is broken"))
    #expect(try node.preInstall(node.stream(node.upgrade("plain"))).status == 0)
  }

  @Test func withoutAnyPolicyWhatCanTakeTheNetworkAwayIsHeld() throws {
    let node = try HookNode()
    try FileManager.default.removeItem(atPath: node.node.policies)
    #expect(try node.preInstall(node.stream(node.upgrade("net"))).status == 4)
    #expect(try node.preInstall(node.stream(node.upgrade("plain"))).status == 0)
  }

  @Test(arguments: ["VERSION 3\n", "VERSION 3\n\nfoo what\n", "garbage\n", "\u{0}\u{1}\u{2}"])
  func whatIsNotUnderstoodIsRefused(stream: String) throws {
    let outcome = try HookNode().preInstall(stream)
    #expect(outcome.status == 4)
    #expect(outcome.error.contains("was not understood"), "\(outcome.error)")
  }

  @Test func aDebThatIsNotThereIsNotAnalysedAndSaysSo() throws {
    let node = try HookNode()
    let lost = "foo 1.0-1 amd64 no < 2.0-1 amd64 no /nowhere/foo.deb\n"
    let outcome = try node.preInstall(node.stream(lost))
    #expect(outcome.status == 4)
    #expect(outcome.error.contains("undetermined"))
    let plain = "plain 1.0-1 amd64 no < 2.0-1 amd64 no /nowhere/plain.deb\n"
    #expect(try node.preInstall(node.stream(plain)).status == 0)
  }

  /// A step that never ends: the hook does all the same, within its limit of 5 s.
  @Test(arguments: ["decide", "record-intent", "look-before", "start-guard", "raise-shield"])
  func aHookThatHangsEndsAndHoldsOnlyWhatIsGated(step: String) throws {
    let environment = [Failpoint.variable: "\(step):hang"]
    let node = try HookNode()
    let clock = ContinuousClock()
    let begin = clock.now
    let gated = try node.preInstall(node.stream(node.upgrade("net")), environment: environment)
    #expect(begin.duration(to: clock.now) < .seconds(30))
    #expect(gated.status == 4)
    #expect(gated.error.contains("within 5 s"))
    guard step == "decide" || step == "record-intent" else { return }
    let plain = try node.preInstall(node.stream(node.upgrade("plain")), environment: environment)
    #expect(plain.status == 0, "\(plain.error)")
  }

  /// A guard leaves words for a hook that was killed meanwhile.
  @Test func wordsThatNobodyTakesGoWithTheNextRun() throws {
    let node = try HookNode()
    try FileManager.default.createDirectory(atPath: node.transactions, withIntermediateDirectories: true)
    for name in ["20260101T000000Z-1.words", "20260101T000000Z-2.lock"] {
      try "".write(toFile: "\(node.transactions)/\(name)", atomically: false, encoding: .utf8)
    }
    #expect(try node.preInstall(node.stream(node.upgrade("plain"))).status == 0)
    try node.postInstall()
    #expect(try FileManager.default.contentsOfDirectory(atPath: node.transactions) == [])
  }

  /// What happens on the way of one transaction of each kind, and where the hook can be killed meanwhile.
  private static let ways: [(package: String, point: String)] = {
    let before: [TransactionStep] = [.recordIntent, .lookBefore, .startGuard, .raiseShield, .withdraw]
    let points: [Failpoint.Point] = [.read, .decide, .ledger, .snapshot, .guard, .shield, .shielded]
    let shielded = Failpoint.all.filter { point in
      switch point {
      case .step(let step, _): before.contains(step)
      case .point(let point): points.contains(point)
      }
    }
    return shielded.map { ("net", $0.name) } + ["allow", "allowed", "record-intent-done"].map { ("foo", $0) }
      + ["record-veto", "record-veto-done"].map { ("held", $0) }
  }()

  /// What the packages alone say holds at the time limit: only what is gated then is refused.
  @Test func whatWasReadIsDecidedOnAlsoIfTheRestHangs() throws {
    let effects = "gated:\n  - effects: [{kind: restart, unit: systemd-networkd.service}]\n"
    let node = try HookNode(policy: HookNode.policy.replacing("gated:\n", with: effects))
    let hanging = [Failpoint.variable: "decide:hang"]
    let plain = try node.preInstall(node.stream(node.upgrade("plain")), environment: hanging)
    #expect(plain.status == 0)
    #expect(plain.error.contains("nothing of this is gated"), "\(plain.error)")
    try node.postInstall()
    let net = try node.preInstall(node.stream(node.upgrade("net"), node.upgrade("plain")), environment: hanging)
    #expect(net.status == 4)
    #expect(net.error.contains("net 1.0-1 -> 2.0-1"), "\(net.error)")
    #expect(!net.error.contains("plain 1.0-1"), "\(net.error)")
  }

  /// The hook is killed at each point. The next run needs no person, and nothing is left of the first.
  @Test(arguments: ways)
  func aHookThatIsKilledLeavesNothingInTheWay(way: (package: String, point: String)) throws {
    let node = try HookNode()
    let stream = try node.stream(node.upgrade(way.package))
    _ = try node.preInstall(stream, environment: [Failpoint.variable: "\(way.point):kill"])
    try node.postInstall()
    let next = try node.preInstall(node.stream(node.upgrade("foo")))
    #expect(next.status == 0, "\(next.error)")
    try node.postInstall()
    #expect(node.open == [])
    let result = try #require(node.entries().last)
    guard case .transactionOutcome(let outcome) = result.body else { throw MadeUpNode.Failure(text: "\(result)") }
    #expect(outcome.result == .completed)
  }
}
