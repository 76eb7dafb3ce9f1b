import GateModel
import LedgerLog
import LedgerSamples
import TestSupport
import Testing

@testable import AuditReport

/// A fleet's report against the reports on its nodes, of which the figures are known.
@Suite struct FleetReportTests {
  static let end = SampleHistory.day(90)

  /// What a node with this ledger tells at the end.
  static func told(_ history: SampleHistory) -> NodeHistory {
    NodeHistory(ReportTests.report(history), since: nil, entries: history.count)
  }

  static func node(
    _ name: String, _ history: NodeHistory?, ledger: FleetNodeHistory.Ledger = .init(state: "consistent", entries: 9)
  ) -> FleetNodeHistory {
    FleetNodeHistory(node: name, seen: end, ledger: ledger, history: history)
  }

  static func report(
    _ nodes: [FleetNodeHistory], _ deeds: [FleetDeed] = [], since: Double? = nil, until: Double = 90
  ) -> FleetReport {
    let until = SampleHistory.day(until)
    var builder = FleetReportBuilder(
      period: ReportPeriod(since: since.map(SampleHistory.day), until: until, made: until))
    for node in nodes { builder.add(node) }
    for deed in deeds { builder.add(deed) }
    return builder.finished()
  }

  /// Of a fleet of one node, at any moment, the figures are those of the node's own report.
  @Test(arguments: [0.5, 1.2, 4.5, 12, 18.5, 26.05, 27.5, 60.5, 62.5, 63.5, 75.1, 90])
  func theFiguresAreTheNodes(day: Double) {
    let own = ReportTests.report(.quarter, until: day)
    let fleet = Self.report([Self.node("a", Self.told(.quarter))], until: day)
    let (one, other) = (own.summary, fleet.summary)
    #expect(other.held == one.held)
    #expect(other.pending == one.pending)
    // What an update fixes may have been found out later, and is known by now.
    #expect(other.openCVEs >= one.openCVEs && (day < 2 || other.openCVEs == one.openCVEs))
    #expect(other.longestSecurityExposure == one.longestSecurityExposure)
    #expect((other.approvals, other.approvalsUsed, other.vetoes) == (one.approvals, one.approvalsUsed, one.vetoes))
    #expect(other.transactions == one.transactions)
    #expect(other.transactionsNotCompleted == one.transactionsNotCompleted)
    #expect((other.lost, other.restored, other.missing) == (one.lost, one.restored, one.missing))
    #expect(other.owedRestarts == one.owedRestarts)
    #expect(
      Set(fleet.holds.map { "\($0.source) \($0.since) \($0.rules)" })
        == Set(own.held.map { "\($0.source) \($0.since) \($0.rules)" }))
    for exposure in own.exposures {
      let line = fleet.updates.first { $0.source == exposure.source && $0.version == exposure.to }
      #expect(line?.longestOpen == exposure.open && line?.longestHeld == exposure.held, "\(exposure.source)")
    }
    for cve in own.cves {
      let line = fleet.cves.first { $0.cve == cve.cve && $0.source == cve.source }
      #expect(line?.longestOpen == cve.open && line?.medianOpen == cve.open, "\(cve.cve)")
      #expect(line?.open == (cve.end == .open ? 1 : 0))
    }
    #expect(fleet.days.map(\.held).reduce(0, +) == own.days.map(\.held).reduce(0, +))
  }

  @Test func nodesAddUp() throws {
    let one = Self.told(.quarter)
    let report = Self.report([Self.node("b", one), Self.node("a", one), Self.node("c", nil)])
    let own = ReportTests.report(.quarter).summary
    #expect(report.summary.nodes == 3 && report.summary.untold == 1)
    #expect(report.summary.held == 2 * own.held && report.summary.holdingNodes == 2)
    #expect(report.summary.openCVEs == own.openCVEs && report.summary.exposedNodes == 2)
    let glibc = try #require(report.updates.first { $0.source == "glibc" })
    #expect((glibc.held, glibc.open, glibc.applied) == (2, 2, 0))
    #expect(glibc.holders == ["b", "a"] && glibc.responsible == ["@network"])
    #expect(glibc.cves == ["CVE-2026-3001", "CVE-2026-3002"])
    let cve = try #require(report.cves.first { $0.cve == "CVE-2026-3001" })
    #expect((cve.open, cve.held, cve.fixed) == (2, 2, 0))
    let systemd = try #require(report.effects.first { $0.source == "systemd" })
    #expect((systemd.runs, systemd.completed, systemd.missing) == (2, 0, 2))
    #expect(systemd.predictedLoss == ["3 routes, 1 rule"] && !systemd.predicted.isEmpty)
    #expect(report.approvals.count == 6)
    // What a node did not tell is unknown, not none.
    #expect(report.csv(.ledgers).contains("\"c\",\"consistent\",\"\",\"9\""))
    #expect(report.csv(.ledgers).contains("\"never\",\"unknown\",\"unknown\",\"unknown\",\"unknown\""))
  }

  @Test func aLedgerThatContradictsStandsOut() {
    let liar = FleetNodeHistory.Ledger(state: "contradicted", entries: 7, alarm: "two histories of 7 entries")
    let report = Self.report([Self.node("a", Self.told(.quarter)), Self.node("z", nil, ledger: liar)])
    #expect(!report.isIntact && report.summary.alarms == 1)
    #expect(report.nodes.first?.node == "z")
    for text in [report.html, report.markdown, report.csv(.ledgers)] {
      #expect(text.contains("two histories of 7 entries"))
    }
    #expect(report.markdown.contains("NOT INTACT: 1 ledger contradicts what was seen"))
    #expect(Self.report([Self.node("a", nil)]).isIntact)
  }

  @Test func aDeedThatWasChangedStandsOut() {
    let deeds = [true, false].enumerated().map { number, isIntact in
      FleetDeed(
        number: number + 1, time: SampleHistory.day(10), by: "anna", what: "approve", about: "systemd=1", reason: "r",
        isIntact: isIntact)
    }
    #expect(Self.report([], [deeds[0]]).isIntact)
    let report = Self.report([], deeds)
    #expect(!report.isIntact && report.summary.brokenDeeds == 1)
    #expect(report.csv(.deeds).contains("\"NO\""))
    // What was done outside of the period does not count.
    #expect(Self.report([], [deeds[0]], since: 50).deeds.isEmpty)
  }

  @Test func historiesThatBeginLateAreCounted() {
    var late = Self.told(.quarter)
    late.since = SampleHistory.day(50)
    #expect(Self.report([Self.node("a", late)]).summary.partlyTold == 1)
    #expect(Self.report([Self.node("a", late)], since: 60).summary.partlyTold == 0)
    #expect(Self.report([Self.node("a", late)], since: 40).summary.partlyTold == 1)
  }

  /// Too much is cut from the oldest on, and says so; what goes on stays.
  @Test func aHistoryIsBounded() throws {
    var history = SampleHistory()
    for number in 0..<1500 {
      let (source, day) = ("s\(number)", Double(number) / 20)
      history.see(day, source, "2", origins: [])
      let verdict: Verdict = number == 0 ? .hold : .allow
      let change = SampleHistory.change(source, "1", "2")
      history.add(day, .decision(DecisionRecord(change: change, verdict: verdict, policyDigest: SampleHistory.digest)))
      guard number > 0 else { continue }
      history.begin(day + 0.01, "t\(number)", [change])
      history.end(day + 0.02, "t\(number)")
    }
    let told = Self.told(history)
    #expect(told.updates.count == NodeHistory.mostUpdates && told.transactions.count == NodeHistory.mostRecords)
    #expect(told.problem == nil)
    #expect(told.updates.contains { $0.source == "s0" && $0.state == "open" })
    let since = try #require(told.since)
    #expect(since > SampleHistory.day(50), "transactions are whole from \(since) on")
    #expect(told.transactions.allSatisfy { $0.began >= SampleHistory.day(50) })
    var least = told
    while let less = least.halved() {
      let whole = try #require(less.since)
      #expect(less.updates.count <= least.updates.count && whole >= since)
      least = less
    }
    #expect(least.updates.isEmpty && least.transactions.isEmpty)
  }

  @Test func whatIsNoHistoryIsRefused() {
    var history = Self.told(.quarter)
    #expect(history.problem == nil)
    history.schema = "apt-gate/node-history/2"
    #expect(history.problem != nil)
    history = Self.told(.quarter)
    history.updates[0].state = "gone"
    #expect(history.problem != nil)
    history = Self.told(.quarter)
    history.updates = Array(repeating: history.updates[0], count: NodeHistory.mostUpdates + 1)
    #expect(history.problem != nil)
  }
}
