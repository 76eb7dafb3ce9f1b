import GateModel
import Rollout
import Testing

@Suite struct FailureTests {
  @Test func silenceIsFailure() throws {
    var fleet = try SampleFleet()
    let token = try fleet.grant("c1")
    _ = fleet.confirm("c1", token)
    fleet.wait(1799)
    fleet.silence("c1")
    #expect(fleet.phase("c1") == .applying)
    fleet.wait(1)
    fleet.silence("c1")
    #expect(fleet.phase("c1") == .silent)
    #expect(fleet.machine.head.status == .halted)
    // dpkg may still be running there.
    #expect(fleet.machine.book.rings == ["canary": 1])
    fleet.report("c1", .failed(reason: "no route"), token)
    #expect(fleet.machine.book.rings == [:])
  }

  @Test func aGrantThatNobodyConfirmedIsFree() throws {
    var fleet = try SampleFleet()
    let token = try fleet.grant("c1")
    fleet.wait(1800)
    fleet.silence("c1")
    #expect(fleet.machine.book.rings == [:])
    #expect(fleet.confirm("c1", token) == .stop(.staleToken))
  }

  @Test func nothingBeginsOnceItIsHalted() throws {
    var fleet = try SampleFleet()
    let token = try fleet.grant("c1")
    #expect(fleet.about(nil) { $0.halted(by: "anna", "odd graphs", at: $1) } == .done)
    let note = RolloutNote(by: "anna", reason: "odd graphs", at: fleet.now)
    #expect(fleet.confirm("c1", token) == .stop(.halted(note)))
    fleet.report("c1", .returned(reason: "stopped"), token)
    #expect(fleet.reasons(fleet.claim("c1")) == [.halted(note)])
    #expect(fleet.about(nil) { $0.resumed(by: "anna", "it was the graphs", at: $1) } == .done)
    #expect(try fleet.grant("c1") > token)
  }

  @Test func tokensFence() throws {
    var fleet = try SampleFleet()
    let first = try fleet.grant("c1")
    fleet.report("c1", .returned(reason: "no power"), first)
    let second = try fleet.grant("c1")
    #expect(second > first)
    #expect(fleet.confirm("c1", first) == .stop(.staleToken))
    #expect(fleet.report("c1", .healthy, first) == .refuse(.staleToken))
    #expect(fleet.confirm("c1", second) != .stop(.staleToken))
  }

  @Test func repeatedReportsChangeNothing() throws {
    var fleet = try SampleFleet()
    let token = try fleet.grant("c1")
    _ = fleet.confirm("c1", token)
    #expect(fleet.report("c1", .healthy, token) == .accepted(.healthy))
    let head = fleet.machine.head
    #expect(fleet.report("c1", .applied, token) == .accepted(.healthy))
    #expect(fleet.report("c1", .healthy, token) == .accepted(.healthy))
    #expect(fleet.machine.head == head)
  }

  @Test func theBudgetHalts() throws {
    var fleet = try SampleFleet { $0.rings[1].failureBudget = .count(1) }
    try fleet.passCanary()
    let first = try fleet.grant("w1")
    fleet.report("w1", .failed(reason: "no route"), first)
    #expect(fleet.machine.head.status == .active)
    let second = try fleet.grant("w2")
    fleet.report("w2", .failed(reason: "no route"), second)
    #expect(fleet.machine.head.status == .halted)
    #expect(
      fleet.machine.head.note?.reason
        == "2 failed in ring workers, at most 1 may; the last was w2: no route")
    // Who resumes has seen them: one more may fail.
    _ = fleet.about(nil) { $0.resumed(by: "anna", "known", at: $1) }
    let third = try fleet.grant("w3")
    fleet.report("w3", .failed(reason: "no route"), third)
    #expect(fleet.machine.head.status == .active)
  }

  @Test func aNodeThatGetsWorseInItsSoakFails() throws {
    var fleet = try SampleFleet()
    try fleet.apply("c1")
    fleet.wait(600)
    fleet.checkIn("c1", problem: "kubelet is down")
    #expect(fleet.phase("c1") == .failed)
    #expect(fleet.machine.head.status == .halted)
    #expect(fleet.claim("c1") == .refuse(.nodeFailed(reason: "after it was healthy: kubelet is down")))
  }

  @Test func aNodeThatIsNotHeardAfterItsSoakFails() throws {
    var fleet = try SampleFleet()
    try fleet.apply("c1")
    fleet.wait(3600 + 3600)
    fleet.silence("c1")
    #expect(fleet.phase("c1") == .silent)
    #expect(fleet.machine.head.status == .halted)
    // It comes back, and soaks from now.
    fleet.checkIn("c1", healthyFor: 7200)
    #expect(fleet.phase("c1") == .healthy)
    fleet.wait(3600)
    fleet.checkIn("c1", healthyFor: 10_800)
    #expect(fleet.phase("c1") == .soaked)
    #expect(fleet.machine.head["canary"].passed == nil, "nothing passes while it is halted")
    _ = fleet.about(nil) { $0.resumed(by: "anna", "the network was down", at: $1) }
    #expect(fleet.machine.head["canary"].passed == fleet.now)
  }

  @Test func whatIsAbandonedIsNotOfferedAgain() throws {
    var fleet = try SampleFleet()
    #expect(fleet.about(nil) { $0.abandoned(by: "anna", "it breaks routes", at: $1) } == .done)
    let note = RolloutNote(by: "anna", reason: "it breaks routes", at: fleet.now)
    fleet.wait(86_400 * 365)
    #expect(fleet.claim("c1") == .refuse(.abandoned(note)))
    #expect(fleet.about(nil) { $0.resumed(by: "ben", "try", at: $1) } == .refuse(.wrongStatus(.abandoned, .resumed)))
  }

  @Test func nodesAtWorkAreNotSkipped() throws {
    var fleet = try SampleFleet()
    let token = try fleet.grant("c1")
    _ = fleet.confirm("c1", token)
    func skip() -> OrderAnswer {
      fleet.about("c1") { $0.skipped(SampleFleet.node("c1"), by: "anna", "it burns", at: $1) }
    }
    #expect(skip() == .refuse(.outOfOrder(.applying, .skipped)))
    fleet.wait(1800)
    fleet.silence("c1")
    #expect(skip() == .done)
    #expect(fleet.machine.book.rings == [:])
    #expect(fleet.about("c1") { $0.retried(by: "anna", "put out", at: $1) } == .done)
    #expect(fleet.phase("c1") == .waiting)
  }

  @Test func aMalformedClaimChangesNothing() throws {
    var fleet = try SampleFleet()
    let head = fleet.machine.head
    var artifact = SampleFleet.artifacts()[0]
    artifact.sha256 = "ABC"
    for wanted in [[], [artifact]] {
      guard case .refuse(.malformed) = fleet.claim("c1", wanted) else { return #expect(Bool(false), "taken") }
    }
    #expect(fleet.machine.head == head)
  }
}
