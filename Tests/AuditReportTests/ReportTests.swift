import AuditReport
import GateModel
import LedgerLog
import LedgerSamples
import Testing

/// The figures of a report against a history of which they are known.
@Suite struct ReportTests {
  static func report(
    _ history: SampleHistory, since: Double? = nil, until: Double = 90
  ) -> NodeReport {
    let end = SampleHistory.day(until)
    var builder = ReportBuilder(period: ReportPeriod(since: since.map(SampleHistory.day), until: end, made: end))
    for entry in history.entries { builder.add(entry) }
    return builder.report()
  }

  private let report = report(.quarter)

  private func exposure(_ source: String) throws -> Exposure {
    try #require(report.exposures.first { $0.source == source })
  }

  private static func days(_ days: Double) -> Duration { .seconds(Int64(days * 86_400)) }

  @Test func theSummaryIsRight() {
    let summary = report.summary
    #expect((summary.held, summary.heldSecurity, summary.pending) == (2, 1, 2))
    #expect((summary.openCVEs, summary.approvals, summary.approvalsUsed) == (2, 3, 1))
    #expect((summary.transactions, summary.transactionsNotCompleted, summary.vetoes) == (4, 2, 1))
    #expect((summary.lost, summary.restored, summary.missing, summary.owedRestarts) == (7, 6, 1, 1))
    #expect(summary.longestSecurityExposure == Self.days(30))
    #expect((summary.unknownSecurity, summary.unknownChangelog) == (1, 1))
    #expect(report.node == "node-7.example")
  }

  @Test func whatIsHeldHasItsReasons() throws {
    let held = try #require(report.held.first { $0.source == "glibc" })
    #expect(held.rules == ["libraries-of-networkd"])
    #expect(held.since == SampleHistory.day(60))
    #expect(held.age == Self.days(30))
    #expect(held.changelog?.cves == ["CVE-2026-3001", "CVE-2026-3002"])
    #expect(held.responsible == ["@network"])
    #expect(held.approvedBy == [])
    let companion = try #require(report.held.first { $0.source == "locales" })
    #expect((companion.heldBy, companion.isSecurity) == (["glibc"], nil))
  }

  @Test func exposureRunsFromFirstSeenToApplied() throws {
    let openssl = try exposure("openssl")
    #expect(openssl.end == .applied(SampleHistory.day(1.51), transaction: "t-openssl"))
    #expect((openssl.open, openssl.held) == (Self.days(0.51), .zero))
    let linux = try exposure("linux")
    #expect(linux.held == Self.days(5.8))
    #expect(linux.open == Self.days(5.91))
    #expect(try exposure("vim").end == .withdrawn(SampleHistory.day(15)))
    #expect(try exposure("glibc").end == .open)
    // The transaction failed, and the next sync shows that the update is not pending any more.
    #expect(try exposure("systemd").end == .applied(SampleHistory.day(27.01), transaction: "t-systemd"))
    #expect(try exposure("systemd").held == Self.days(8.1))
  }

  @Test func cvesAreThoseOfTheChangelogs() throws {
    let open = try #require(report.cves.first { $0.cve == "CVE-2026-3001" })
    #expect((open.end, open.open, open.held) == (.open, Self.days(30), Self.days(30)))
    let closed = try #require(report.cves.first { $0.cve == "CVE-2026-2003" })
    #expect((closed.end.word, closed.held) == ("applied", Self.days(5.8)))
    #expect(report.cves.count == 2 + 14 + 2)
  }

  @Test func approvalsSayWhatBecameOfThem() {
    #expect(report.approvals.map(\.use.word) == ["used", "revoked", "expired"])
    #expect(report.approvals[0].use == .used(SampleHistory.day(27), transaction: "t-systemd"))
    #expect(
      report.approvals[1].use
        == .revoked(SampleHistory.day(63), by: SampleHistory.person("bob", uid: 1001), reason: "wrong node"))
    #expect(report.approvals[0].actor?.name == "alice")
  }

  @Test func transactionsHavePredictionAndOutcome() throws {
    let line = try #require(report.transactions.first { $0.id == "t-systemd" })
    #expect(line.prediction == LossRecord(routes: 3, rules: 1))
    #expect(line.changes[0].effects?.count == 2)
    #expect(line.network?.missingObjects == ["rule 100: from all fwmark 0x200 lookup 2005"])
    #expect(line.result == .failed)
    let gone = try #require(report.transactions.first { $0.id == "t-gone" })
    #expect((gone.result, gone.changes[0].effects) == (.interrupted, nil))
  }

  @Test func restartsAreSettledOrOwed() {
    #expect(report.restarts.map(\.settled?.how) == [.restart, nil])
    #expect(report.restarts[0].settled?.transaction == "r-1")
    #expect(report.restarts[1].age == Self.days(14))
  }

  @Test func phasedUpdatesAreDeferredSinceTheFirstSyncThatSaysSo() {
    #expect(report.keptBack.map(\.since) == [SampleHistory.day(60)])
    #expect(report.keptBack[0].record.percentage == 20)
  }

  @Test func daysCountWhatWasPendingAndHeld() throws {
    #expect(report.days.count == 91)
    #expect(report.days.filter { $0.held > 0 }.count == 7 + 9 + 31)
    #expect(report.days.allSatisfy { $0.held <= $0.pending && $0.security <= $0.pending && $0.heldSecurity <= $0.held })
    #expect(try #require(report.days.last).pending == 2)
  }

  @Test func aPeriodHasOnlyWhatTouchesIt() {
    let late = Self.report(.quarter, since: 50)
    #expect(late.exposures.map(\.source).sorted() == ["glibc", "locales"])
    #expect(late.transactions.map(\.id) == ["t-gone"])
    #expect(late.approvals.count == 2)
    #expect(late.days.count == 41)
    // What was in force when the period began is told.
    #expect(late.policies.count == 1)
  }

  /// The state at an earlier moment is that of a ledger that ends there.
  @Test(arguments: [0.5, 1.2, 4.5, 12, 18.5, 26.05, 27.005, 27.5, 60.5, 62.5, 63.5, 75.1, 90])
  func anEarlierMomentIsSeenAsItWasThen(day: Double) {
    let whole = SampleHistory.quarter
    let until = SampleHistory(lines: whole.lines.filter { $0.time < SampleHistory.day(day) })
    var (all, some) = (Self.report(whole, until: day), Self.report(until, until: day))
    (all.summary.entries, some.summary.entries) = (0, 0)
    #expect(all == some)
  }

  @Test func observeModeHoldsNothing() {
    var history = SampleHistory()
    history.add(0, .sync(SyncRecord(policyDigest: "d", pending: 1, mode: .observe)))
    history.add(
      1, .decision(DecisionRecord(change: SampleHistory.change("a", "1", "2"), verdict: .hold, policyDigest: "d")))
    history.add(1, .sync(SyncRecord(policyDigest: "d", pending: 1, mode: .observe, versions: ["a=2"])))
    let report = Self.report(history, until: 5)
    #expect(report.held.isEmpty)
    #expect(report.exposures.map(\.held) == [.zero])
  }

  @Test func aLaterVersionEndsTheEarlierOne() {
    var history = SampleHistory()
    for (day, version, cve) in [(1.0, "2", "CVE-2026-0001"), (5.0, "3", "CVE-2026-0002")] {
      history.see(day, "a", version, origins: [])
      let cves = day == 1 ? [cve] : ["CVE-2026-0001", cve]
      history.add(
        day,
        .decision(
          DecisionRecord(
            change: SampleHistory.change("a", "1", version, fixes: ChangelogRecord(cves: cves, isComplete: true)),
            verdict: .hold,
            policyDigest: "d")))
      history.sync(day, ["a=\(version)"], pinned: ["a=\(version)"])
    }
    history.begin(9, "t", [SampleHistory.change("a", "1", "3")])
    history.end(9, "t")
    let report = Self.report(history, until: 20)
    #expect(report.exposures.map(\.end.word).sorted() == ["applied", "superseded"])
    #expect(report.cves.map(\.open) == [Self.days(8), Self.days(4)])
    #expect(report.cves.map(\.held) == [Self.days(8), Self.days(4)])
    #expect(report.held.isEmpty)
  }

  /// A clock that goes back makes no negative times, and nothing that is there twice.
  @Test func aClockThatGoesBackDoesNoHarm() {
    var history = SampleHistory()
    for day in [10.0, 3, 12, 1] {
      history.see(day, "a", "2", origins: [])
      let verdict = day == 3 ? Verdict.allow : .hold
      history.add(
        day, .decision(DecisionRecord(change: SampleHistory.change("a", "1", "2"), verdict: verdict, policyDigest: "d"))
      )
    }
    let report = Self.report(history, until: 20)
    #expect(report.exposures.count == 1)
    #expect(report.exposures.allSatisfy { $0.open >= .zero && $0.held >= .zero })
    #expect(report.held.allSatisfy { $0.age >= .zero })
  }

  @Test func anEmptyLedgerGivesAnEmptyReport() {
    let report = Self.report(SampleHistory())
    #expect(report.node == nil)
    #expect(report.html.contains("Nothing was held."))
    #expect(report.markdown.contains("Nothing was held."))
    #expect(report.openVEX(version: "0") == nil)
  }
}
