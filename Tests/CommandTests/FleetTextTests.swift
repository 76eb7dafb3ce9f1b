import CoordinatorAPI
import Documents
import FleetConfiguration
import Rollout
import Testing

@testable import apt_gate

@Suite struct FleetTextTests {
  private let layout = TextLayout(width: 100)

  @Test func statusShowsRingsAndWhatTheyWaitFor() throws {
    try Golden.expect(FleetStatusText(reports: SampleRollout.reports, layout: layout).text, is: "fleet-status.txt")
    #expect(FleetStatusText(reports: [], layout: layout).text == "No rollout goes on.\n")
  }

  @Test func rolloutsAreOneLineEach() throws {
    try Golden.expect(FleetStatusText(reports: SampleRollout.reports, layout: layout).list, is: "fleet-rollouts.txt")
    #expect(FleetStatusText(reports: [], layout: layout).list == "No rollout is known.\n")
  }

  @Test func showHasPackagesSlotsAndTheJournal() throws {
    try Golden.expect(FleetShowText(document: SampleRollout.document, layout: layout).text, is: "fleet-show.txt")
  }

  @Test func membersSayWhatTheyAreAt() throws {
    try Golden.expect(FleetMembersText(nodes: SampleRollout.nodes, layout: layout).text, is: "fleet-members.txt")
  }

  @Test func nodesSayWhatIsWrongWithThem() throws {
    try Golden.expect(FleetNodesText(nodes: SampleRollout.fleet, layout: layout).text, is: "fleet-nodes.txt")
    #expect(FleetNodesText(nodes: [], layout: layout).text == "No node has checked in.\n")
  }

  @Test func groupsAreCheckedLoudly() throws {
    #expect(!SampleRollout.groups.passed)
    try Golden.expect(FleetGroupsText(check: SampleRollout.groups, layout: layout).text, is: "fleet-groups.txt")
    var survey = FleetSurvey(SampleRollout.plan)
    for (name, role) in [("c1", "canary"), ("w1", "worker"), ("d1", "db")] {
      survey.count(SampleRollout.node(name, role))
    }
    let fine = FleetGroupsCheck(diagnostics: [], survey: survey)
    #expect(fine.passed && fine.findings == [])
    #expect(!FleetGroupsCheck(diagnostics: [], survey: FleetSurvey(SampleRollout.plan)).passed, "no node is no fleet")
  }

  /// A file with errors is shown as policies are, and nothing is counted by it.
  @Test func brokenConfigurationsAreShownWithTheirPlaces() throws {
    try Golden.expect(FleetGroupsText(check: SampleRollout.broken, layout: layout).text, is: "fleet-groups-broken.txt")
    #expect(!SampleRollout.broken.passed)
  }

  @Test func forecastsSayWhatAFailureStops() throws {
    try Golden.expect(
      FleetForecastText(simulation: SampleRollout.simulation.result(), layout: layout).text, is: "fleet-forecast.txt")
    let failing = SampleRollout.failing.result()
    #expect(failing.ifOneFails.isEmpty)
    try Golden.expect(FleetForecastText(simulation: failing, layout: layout).text, is: "fleet-forecast-fails.txt")
  }

  /// What was on the screen before is gone: each line's rest, and all below.
  @Test func framesAreDrawnInPlace() {
    #expect(FleetWatch.frame("a\nb\n") == "\u{1B}[Ha\u{1B}[K\nb\u{1B}[K\n\u{1B}[J")
  }

  @Test func barsAreAsWideAsAskedAndShowEveryFailure() {
    var ring = SampleRollout.halted.rings[0]
    ring.nodes = 1000
    ring.phases = ["soaked": 998, "failed": 1]
    #expect(RingBar(ring: ring, width: 10).text == "#########!")
    ring.phases = ["soaked": 1000]
    #expect(RingBar(ring: ring, width: 10).text == "##########")
    ring.phases = ["healthy": 500, "granted": 1, "silent": 1]
    #expect(RingBar(ring: ring, width: 10).text == "=====>!...")
    ring.phases = [:]
    #expect(RingBar(ring: ring, width: 10).text == "..........")
    ring.phases = ["skipped": 999, "applying": 1]
    #expect(RingBar(ring: ring, width: 10).text == ">>>>>>>>>>")
  }

  /// Names and reasons come from others: nothing of them reaches a terminal as it is.
  @Test func hostileTextIsShownAsText() {
    var report = SampleRollout.halted
    report.note = RolloutNote(by: "anna", reason: "\u{1b}[2Jgone", at: SampleRollout.start)
    report.rings[0].waiting = [RolloutReport.Wait(.unwell("\u{1b}[2J"))]
    #expect(!FleetStatusText(reports: [report], layout: layout).text.contains("\u{1b}"))
    var record = NodeRecord(node: "n\u{1b}[1m", ring: "r\u{7}", phase: .failed, since: SampleRollout.start)
    record.reason = "\u{202e}evil"
    var node = SampleRollout.node("n\u{1b}[1m", "\u{7}")
    node.problem = "\u{202e}evil"
    for text in [
      FleetMembersText(nodes: [record], layout: layout).text, FleetNodesText(nodes: [node], layout: layout).text,
    ] {
      #expect(!text.contains("\u{1b}") && !text.contains("\u{7}") && !text.contains("\u{202e}"))
    }
  }
}
