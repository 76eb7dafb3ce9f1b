import Foundation
import GateModel
import Rollout
import Testing
import TimeWindows

@Suite struct RingTests {
  @Test func theCanaryGoesFirst() throws {
    var fleet = try SampleFleet()
    #expect(fleet.reasons(fleet.claim("w1")) == [.earlierRing("canary")])
    try fleet.passCanary()
    #expect(fleet.phase("c1") == .soaked)
    #expect(fleet.machine.head["canary"].passed == fleet.now)
    #expect(fleet.machine.head["workers"].opened == fleet.now)
    _ = try fleet.grant("w1")
  }

  @Test func slotsAndNeighboursAreLimited() throws {
    var fleet = try SampleFleet()
    try fleet.passCanary()
    _ = try fleet.grant("w1")
    #expect(fleet.reasons(fleet.claim("w3")) == [.domain("rack=r1", used: 1, limit: 1)])
    _ = try fleet.grant("w2")
    #expect(
      fleet.reasons(fleet.claim("w4")) == [
        .slots(ring: "workers", used: 2, limit: 2), .domain("rack=r0", used: 1, limit: 1),
      ])
  }

  @Test func askingAgainGivesTheSameGrant() throws {
    var fleet = try SampleFleet()
    let token = try fleet.grant("c1")
    fleet.wait(60)
    guard case .grant(let again) = fleet.claim("c1") else { return #expect(Bool(false), "no grant") }
    #expect(again.token == token)
    #expect(again.remaining == 1740)
    #expect(fleet.machine.book.rings == ["canary": 1])
  }

  @Test func theSoakNeedsBothClocks() throws {
    var fleet = try SampleFleet()
    try fleet.apply("c1")
    #expect(fleet.phase("c1") == .healthy)
    fleet.wait(3600)
    fleet.checkIn("c1", healthyFor: 3599)
    #expect(fleet.phase("c1") == .healthy)
    fleet.checkIn("c1", healthyFor: 3600)
    #expect(fleet.phase("c1") == .soaked)
  }

  @Test func aRingWithoutNodesDoesNotPass() throws {
    var fleet = try SampleFleet()
    fleet.about(nil) { $0.surveyed(["workers": 4], at: $1) }
    #expect(fleet.machine.head["canary"].passed == nil)
    #expect(fleet.machine.reasons(at: fleet.now) == [.noMembers(ring: "canary")])
    let answer = fleet.about(nil) { $0.promoted("canary", by: "anna", "there is no canary yet", at: $1) }
    #expect(answer == .done)
    _ = try fleet.grant("w1")
  }

  @Test func nodesThatWereNotHeardHoldTheRing() throws {
    var fleet = try SampleFleet { $0.rings[0].soak = .zero }
    fleet.about(nil) { $0.surveyed(["canary": 2, "workers": 4], at: $1) }
    try fleet.apply("c1")
    #expect(fleet.machine.reasons(at: fleet.now) == [.unheard(ring: "canary", count: 1)])
    fleet.about("c2") { $0.foundUnaffected(SampleFleet.node("c2"), at: $1) }
    #expect(fleet.machine.head["canary"].passed == fleet.now)
  }

  @Test func approvalsAreOfDifferentPeople() throws {
    var fleet = try SampleFleet { $0.rings[0].approvals = ApprovalPlan(count: 2, from: ["anna", "ben", "cleo"]) }
    #expect(
      fleet.reasons(fleet.claim("c1")) == [.approvals(ring: "canary", have: 0, need: 2, from: ["anna", "ben", "cleo"])])
    func approve(_ person: String) -> OrderAnswer {
      fleet.about(nil) { $0.approved("canary", by: person, "fine", at: $1) }
    }
    #expect(approve("anna") == .done)
    #expect(approve("anna") == .refuse(.alreadyApproved("anna")))
    #expect(approve("dave") == .refuse(.notAnApprover("dave", from: ["anna", "ben", "cleo"])))
    #expect(fleet.machine.head["canary"].opened == nil)
    #expect(approve("cleo") == .done)
    _ = try fleet.grant("c1")
  }

  @Test func nothingBeginsThatTheWindowDoesNotLast() throws {
    // 2026-03-02 is a Monday; the window is from 01:00 to 02:00 in UTC.
    let zone = try #require(TimeZone(identifier: "UTC"))
    let window = TimeWindow(name: "night", timeZone: zone, schedule: .weekly(days: [0, 1], start: 60, end: 120))
    var fleet = try SampleFleet { $0.rings[0].windows = [window] }
    let opens = SampleFleet.start.advanced(by: .seconds(3600))
    guard case .wait(let waiting) = fleet.claim("c1") else { return #expect(Bool(false), "no wait") }
    #expect(waiting == Waiting(reasons: [.window(ring: "canary", opens: opens)], askAgain: opens))
    fleet.wait(3600 + 1801)
    #expect(fleet.reasons(fleet.claim("c1")) == [.window(ring: "canary", opens: opens.advanced(by: .seconds(86_400)))])
    fleet.now = opens.advanced(by: .seconds(1800))
    _ = try fleet.grant("c1")
  }

  @Test func laterRingsGetWhatTheFirstOneRan() throws {
    var fleet = try SampleFleet()
    try fleet.passCanary()
    #expect(
      fleet.claim("w1", SampleFleet.artifacts(digest: "b")) == .refuse(.altered(SampleFleet.artifacts(digest: "b"))))
    let other = SampleFleet.artifacts(architecture: "arm64")
    #expect(fleet.reasons(fleet.claim("w2", other)) == [.unproven(other)])
    #expect(fleet.machine.head["workers"].unproven == 1)
    #expect(fleet.about("w2") { $0.admitted(by: "anna", "tried on a bench", at: $1) } == .done)
    guard case .grant = fleet.claim("w2", other) else { return #expect(Bool(false), "no grant") }
    #expect(fleet.machine.head["workers"].unproven == 0)
  }

  @Test func theLastRingCompletesTheRollout() throws {
    var fleet = try SampleFleet()
    try fleet.passCanary()
    for worker in ["w1", "w2", "w3", "w4"] { try fleet.apply(worker) }
    #expect(fleet.machine.head.status == .completed)
    #expect(fleet.machine.reasons(at: fleet.now) == [])
    #expect(fleet.machine.book.rings == [:])
    #expect(fleet.machine.book.domains == [:])
    #expect(fleet.machine.head.journalLength >= 6)
  }

  @Test func anAmbiguousNodeWaitsLoudly() throws {
    var fleet = try SampleFleet { $0.groups.append(GroupPlan(name: "odd", labels: ["rack": [Glob("r1")]])) }
    fleet.plan.rings[1].groups.append("odd")
    #expect(fleet.reasons(fleet.claim("c1")) == [.severalRings(groups: ["canary", "odd"])])
    let stranger = FleetNode(name: "x", labels: ["role": "none"], seen: fleet.now)
    let answer = fleet.about("x") { $0.claimed(by: stranger, wanting: SampleFleet.artifacts(), at: $1) }
    #expect(fleet.reasons(answer) == [.noRing])
  }
}
