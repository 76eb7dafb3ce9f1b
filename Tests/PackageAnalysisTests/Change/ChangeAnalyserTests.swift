import GateModel
import Testing

@testable import PackageAnalysis

/// What comes out for a change: nothing is silent, nothing is said twice.
@Suite struct ChangeAnalyserTests {
  @Test func aNewPackageWithoutItsDebIsUnknown() {
    let report = TestNode().analyser().analyse(.sample("p", from: nil, to: "1", action: .install))
    #expect(report.effects.map(\.kind) == [.unknown])
    #expect(
      report.effects.first?.detail == "what it would do is not known: its .deb is not at hand; run with --download")
    #expect(report.bases.map(\.basis) == [.unknown])
    #expect(report.unresolvedCount == 1)
  }

  @Test func errorsBecomeUnknownEffects() {
    let node = TestNode(unreadable: ["p"], interestsAreUnreadable: true)
    let report = node.analyser().analyse(.sample("p", from: "1", to: "2", action: .upgrade))
    #expect(report.effects.count == 3)
    #expect(report.effects.allSatisfy { $0.kind == .unknown && $0.detail?.hasSuffix("the disk is broken") == true })
  }

  @Test func aDebOfAnotherVersionIsNotTaken() {
    let node = TestNode(
      installed: [.sample("p", "1", .installed)],
      candidates: [.sample("p", "3", .candidate, scripts: [.postinst: "restart wrong.service"])])
    let report = node.analyser().analyse(.sample("p", from: "1", to: "2", action: .upgrade))
    #expect(report.effects.map(\.kind) == [.unknown])
    #expect(report.effects.first?.detail == "the .deb at hand is of p 3, so what the update does is not known")
    #expect(report.bases.map(\.basis) == [.installed])
  }

  @Test func theSameEffectIsSaidOnceAndCertainWins() {
    let script = "?restart a.service\nrestart b.service\nrestart a.service\n?restart a.service\ntry-restart a.service"
    let node = TestNode(candidates: [.sample("p", "1", .candidate, scripts: [.postinst: script])])
    let report = node.analyser().analyse(.sample("p", from: nil, to: "1", action: .install))
    #expect(
      report.effects.map { [$0.verb, $0.unit] } == [
        ["restart", "a.service"], ["restart", "b.service"], ["try-restart", "a.service"],
      ])
    #expect(report.effects.map(\.certainty) == [.certain, .certain, .certain])
    #expect(report.effects.map(\.evidence.line) == [3, 2, 5])
  }

  @Test func whatWasRepairedIsAWarning() {
    var package = PackageContents.sample("p", "1", .candidate)
    package.notes = ["something was repaired"]
    let report = TestNode(candidates: [package]).analyser().analyse(
      .sample("p", from: nil, to: "1", action: .install))
    #expect(report.warnings == ["p: something was repaired"])
    #expect(report.effects.isEmpty)
  }

  @Test func aVersionThatIsNotInstalledIsAWarning() {
    let package = PackageContents.sample("p", "2", .candidate, scripts: [.postinst: "restart p.service"])
    let report = TestNode().analyser().analyse(package: package, from: PackageVersion("1"))
    #expect(report.effects.map(\.unit) == ["p.service"])
    #expect(report.warnings == ["p: the scripts of the version that it replaces were not at hand"])
  }

  @Test func unitsThatGoAwayAreAWarningOnly() {
    let node = TestNode(
      installed: [
        .sample("p", "1", .installed, files: ["/lib/systemd/system/a.service", "/lib/systemd/system/b.service"])
      ],
      candidates: [.sample("p", "2", .candidate, files: ["/usr/lib/systemd/system/b.service"])])
    let report = node.analyser().analyse(.sample("p", from: "1", to: "2", action: .upgrade))
    #expect(report.effects.isEmpty)
    #expect(report.warnings == ["p no longer has the unit `a.service`"])
  }
}
