import AuditReport
import Foundation
import GateModel
import LedgerSamples
import Testing

/// The pages that `apt-gate report` writes, for everybody: on a desk, a tablet and a phone, in light and dark.
@Suite("reports for everybody", Browser.trait, .serialized)
struct ReportAccessTests {
  private static let end = SampleHistory.day(90)

  private static func node(_ history: SampleHistory) -> NodeReport {
    var builder = ReportBuilder(period: ReportPeriod(until: end, made: end))
    for entry in history.entries { builder.add(entry) }
    return builder.report()
  }

  private static func fleet(_ history: SampleHistory) -> FleetReport {
    var builder = FleetReportBuilder(period: ReportPeriod(until: end, made: end))
    for name in ["node-1", "node-2", "node-3"] {
      let told = name == "node-3" ? nil : NodeHistory(node(history), since: nil, entries: history.count)
      builder.add(
        FleetNodeHistory(node: name, seen: end, ledger: .init(state: "consistent", entries: 9), history: told))
    }
    return builder.finished()
  }

  @Test("axe and our own checks find nothing in any report", .timeLimit(.minutes(5)))
  func nothingIsInTheWay() async throws {
    let axe = try await AxeCore.source()
    let folder = try ScratchFolder()
    let hostile = SampleHistory.hostile(String(repeating: "<b>W", count: 60))
    let tab = try await BrowserTab()
    for (name, html) in [
      ("report-node", Self.node(.quarter).html), ("report-fleet", Self.fleet(.quarter).html),
      ("report-hostile", Self.node(hostile).html),
    ] {
      let file = "\(folder.path)/\(name).html"
      try html.write(toFile: file, atomically: true, encoding: .utf8)
      try await tab.open("file://\(file)")
      #expect(try await tab.count(of: "svg") >= 1)
      try await PageChecks.expectAccess(to: name, in: tab, axe)
    }
    // No script runs, and nothing is fetched.
    let complaints = await tab.complaints()
    #expect(complaints == [])
  }
}
