import GateModel
import Testing

@testable import PackageAnalysis

/// Which postinsts run with `triggered`: deb-triggers(5).
@Suite struct TriggerTests {
  private func interested(_ name: String, _ triggers: String, postinst: String = "") -> PackageContents {
    .sample(name, "1", .installed, scripts: [.postinst: postinst], triggers: triggers)
  }

  private let upgrade = Change.sample("p", from: "1", to: "2", action: .upgrade)

  @Test func aCallOfDpkgTriggerRunsTheInterestedPostinst() {
    // Debian 13: every libc6 update re-executes the manager and restarts networkd.
    let node = TestNode(
      installed: [
        .sample("p", "1", .installed),
        interested(
          "systemd", "interest-noawait libc-upgrade",
          postinst: "try-restart systemd-networkd.service\n?restart x.service"),
      ], candidates: [.sample("p", "2", .candidate, scripts: [.postinst: "trigger libc-upgrade"])])
    let interpreter = RecordingInterpreter()
    let report = node.analyser(interpreter).analyse(upgrade)
    #expect(interpreter.invocations.last == #"installed systemd.postinst ["triggered", "libc-upgrade"]"#)
    let trigger = report.effects.first
    #expect(trigger?.kind == .trigger)
    #expect(trigger?.detail == "libc-upgrade -> systemd.postinst triggered")
    #expect(trigger?.evidence.file == "p.postinst")
    #expect(trigger?.certainty == .certain)
    #expect(report.effects.dropFirst().map(\.unit) == ["systemd-networkd.service", "x.service"])
    #expect(report.effects.dropFirst().map(\.certainty) == [.certain, .possible])
    #expect(report.effects.allSatisfy { $0.package == "p" })
    #expect(report.effects[1].evidence.file == "systemd.postinst")
    #expect(report.calls.map(\.tool) == ["dpkg-trigger"])
  }

  @Test func aPossibleCallMakesPossibleEffects() {
    let node = TestNode(
      installed: [.sample("p", "1", .installed), interested("q", "interest t", postinst: "restart q.service")],
      candidates: [.sample("p", "2", .candidate, scripts: [.postinst: "?trigger t"])])
    let report = node.analyser().analyse(upgrade)
    #expect(report.effects.map(\.certainty) == [.possible, .possible])
  }

  @Test func directivesOfTheOldAndTheNewVersionActivate() {
    let node = TestNode(
      installed: [
        .sample("p", "1", .installed, triggers: "activate-noawait old"), interested("a", "interest old"),
        interested("b", "interest-await new"), interested("c", "interest other"),
      ], candidates: [.sample("p", "2", .candidate, triggers: "activate new")])
    let report = node.analyser().analyse(upgrade)
    #expect(report.effects.map(\.detail) == ["old -> a.postinst triggered", "new -> b.postinst triggered"])
    #expect(report.effects.map(\.evidence.file) == ["p.triggers", "p.triggers"])
    #expect(report.effects.map(\.evidence.basis) == [.installed, .candidate])
  }

  @Test func filesActivateWhatIsInterestedInTheirPathOrADirectoryAbove() {
    let node = TestNode(
      installed: [
        .sample("p", "1", .installed, files: ["/usr/share/info/p.info"]),
        interested("man-db", "interest-noawait /usr/share/man\ninterest /opt/man"),
        interested("info", "interest /usr/share/info"), interested("exact", "interest /etc/p.conf"),
        interested("sibling", "interest /usr/share/ma"), interested("below", "interest /usr/share/man/man1/p.1.gz/x"),
      ],
      candidates: [
        .sample(
          "p", "2", .candidate, files: ["/etc/p.conf", "/usr/share/man/man1/p.1.gz", "/usr/share/man/man1/q.1.gz"])
      ])
    let report = node.analyser().analyse(upgrade)
    #expect(
      report.effects.map(\.detail) == [
        "/usr/share/info -> info.postinst triggered", "/etc/p.conf -> exact.postinst triggered",
        "/usr/share/man -> man-db.postinst triggered",
      ])
    #expect(report.effects.last?.evidence.file == "/usr/share/man/man1/p.1.gz")
  }

  @Test func triggersOfTriggersAreFollowedAndCyclesEnd() {
    let node = TestNode(
      installed: [
        .sample("p", "1", .installed), interested("a", "interest one", postinst: "trigger two"),
        interested("b", "interest two", postinst: "trigger one\ntrigger three"),
        interested("c", "interest three", postinst: "restart c.service"),
      ], candidates: [.sample("p", "2", .candidate, triggers: "activate one")])
    let interpreter = RecordingInterpreter()
    let report = node.analyser(interpreter).analyse(upgrade)
    #expect(interpreter.invocations.count == 3)
    #expect(report.effects.last?.unit == "c.service")
    #expect(report.effects.last?.certainty == .certain)
  }

  @Test func namesThatComeTogetherArePassedTogether() {
    let node = TestNode(
      installed: [.sample("p", "1", .installed), interested("a", "interest one\ninterest two")],
      candidates: [.sample("p", "2", .candidate, triggers: "activate one\nactivate two")])
    let interpreter = RecordingInterpreter()
    #expect(node.analyser(interpreter).analyse(upgrade).effects.count == 1)
    #expect(interpreter.invocations == [#"installed a.postinst ["triggered", "one two"]"#])
  }

  @Test func aPackageIsTriggeredByItsOwnCallsOnly() {
    let own = PackageContents.sample(
      "p", "2", .candidate, scripts: [.postinst: "trigger called"], files: ["/usr/share/p/x"],
      triggers: "interest called\ninterest declared\nactivate declared\ninterest /usr/share/p")
    let interpreter = RecordingInterpreter()
    let node = TestNode(installed: [.sample("p", "1", .installed, triggers: "interest called")], candidates: [own])
    _ = node.analyser(interpreter).analyse(upgrade)
    #expect(
      interpreter.invocations == [
        #"candidate p.postinst ["configure", "1"]"#, #"candidate p.postinst ["triggered", "called"]"#,
      ])
  }

  @Test func packagesOfTheSameChangeArePossiblyTriggeredAndWithTheirNewScripts() {
    let node = TestNode(
      installed: [.sample("p", "1", .installed), interested("q", "interest gone")],
      candidates: [
        .sample("p", "2", .candidate, triggers: "activate t\nactivate gone"),
        .sample("q", "2", .candidate, scripts: [.postinst: "restart q.service"], triggers: "interest t"),
      ])
    let report = node.analyser().analyse(.sample("p", "q", from: "1", to: "2", action: .upgrade))
    #expect(report.effects.map(\.detail).contains("t -> q.postinst triggered"))
    #expect(report.effects.first { $0.kind == .trigger }?.certainty == .possible)
    #expect(!report.effects.contains { $0.detail?.contains("gone") == true })
  }

  @Test func removedPackagesAreNotTriggered() {
    let node = TestNode(installed: [
      interested("p", "activate t"), interested("q", "interest t", postinst: "restart q.service"),
    ])
    let change = Change.sample("p", "q", from: "1", to: nil, action: .remove)
    #expect(node.analyser().analyse(change).effects.isEmpty)
  }

  @Test func aTriggeredPackageThatCannotBeReadIsUnknown() {
    var node = TestNode(
      installed: [.sample("p", "1", .installed)], candidates: [.sample("p", "2", .candidate, triggers: "activate t")])
    node.interests = [TriggerInterest(package: "lost", architecture: "amd64", trigger: "t")]
    let report = node.analyser().analyse(upgrade)
    #expect(report.effects.map(\.kind) == [.unknown])
    #expect(report.effects.first?.detail == "what lost does when triggered by t is not known: it is not installed")
  }

  @Test func installedPostinstsAreInterpretedOnceForAllChanges() {
    let node = TestNode(
      installed: [
        .sample("p", "1", .installed, triggers: "activate t"), .sample("r", "1", .installed, triggers: "activate t"),
        interested("q", "interest t", postinst: "restart q.service"),
      ])
    let interpreter = RecordingInterpreter()
    let analyser = node.analyser(interpreter)
    let first = analyser.analyse(upgrade)
    let second = analyser.analyse(.sample("r", from: "1", to: "2", action: .upgrade))
    #expect(interpreter.invocations.count == 1)
    #expect(first.effects.map(\.unit) == second.effects.map(\.unit))
    #expect(second.effects.map(\.package) == ["r", "r"])
  }

  @Test func linesThatAreNoDirectivesAreLeftOut() {
    let text = "  interest   a  # why\n\n# all\nfoo b\ninterest\nactivate c d\nactivate-await e\n"
    #expect(
      TriggersFile.declarations(Array(text.utf8)) == [
        TriggerDeclaration(directive: .interest, trigger: "a"),
        TriggerDeclaration(directive: .activateAwait, trigger: "e"),
      ])
  }

  /// The cost grows with the files, not with files times interests.
  @Test func manyFilesAndInterestsAreMatchedFast() {
    let interests = (0..<2_000).map {
      TriggerInterest(package: "i\($0)", architecture: "all", trigger: "/usr/share/d\($0)")
    }
    let files = (0..<120_000).map { PackagedFile(path: "/usr/share/d\($0 % 7)/e\($0 % 1000)/file\($0)") }
    let index = TriggerIndex(interests)
    let start = ContinuousClock.now
    #expect(index.activated(by: files).count == 7)
    print("120000 files against 2000 interests: \(ContinuousClock.now - start)")
  }
}
