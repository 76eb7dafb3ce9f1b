import GateModel
import Rollout
import Testing

@testable import apt_gate

@Suite struct FleetTextTests {
  private let layout = TextLayout(width: 100)

  @Test func statusShowsRingsAndWhatTheyWaitFor() throws {
    try Golden.expect(FleetStatusText(reports: SampleRollout.reports, layout: layout).text, is: "fleet-status.txt")
  }

  @Test func rolloutsAreOneLineEach() throws {
    try Golden.expect(FleetStatusText(reports: SampleRollout.reports, layout: layout).list, is: "fleet-rollouts.txt")
  }

  @Test func showHasTheJournal() throws {
    let show = FleetShowText(
      report: SampleRollout.halted, slots: SampleRollout.slots, journal: SampleRollout.journal, layout: layout)
    try Golden.expect(show.text, is: "fleet-show.txt")
  }

  @Test func nodesSayWhatTheyAreAt() throws {
    try Golden.expect(FleetMembersText(nodes: SampleRollout.nodes, layout: layout).text, is: "fleet-members.txt")
  }

  @Test func groupsAreCheckedLoudly() throws {
    let text = FleetGroupsText(survey: SampleRollout.survey, layout: layout)
    #expect(text.hasFindings)
    try Golden.expect(text.text, is: "fleet-groups.txt")
  }

  @Test func forecastsSayWhatAFailureStops() throws {
    let text = FleetForecastText(
      forecast: SampleRollout.forecast, assumptions: SampleRollout.assumptions, layout: layout)
    try Golden.expect(text.text, is: "fleet-forecast.txt")
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
    #expect(!FleetStatusText(reports: [report], layout: layout).text.contains("\u{1b}"))
    var record = NodeRecord(node: "n\u{1b}[1m", ring: "r\u{7}", phase: .failed, since: SampleRollout.start)
    record.reason = "\u{202e}evil"
    let text = FleetMembersText(nodes: [record], layout: layout).text
    #expect(!text.contains("\u{1b}") && !text.contains("\u{7}") && !text.contains("\u{202e}"))
  }
}
