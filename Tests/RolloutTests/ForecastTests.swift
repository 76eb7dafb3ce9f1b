import GateModel
import Rollout
import Testing

@Suite struct ForecastTests {
  private let nodes = ["c1", "w1", "w2", "w3", "w4"].map { SampleFleet.node($0) }
  private let assumptions = FleetForecast.Assumptions(
    start: SampleFleet.start, applyTime: .seconds(600), checkIn: .seconds(300))

  private func forecast(
    failures: FleetForecast.Failures? = nil, nodes: [FleetNode]? = nil, _ change: (inout FleetPlan) -> Void = { _ in }
  ) throws -> FleetForecast {
    let plan = try SampleFleet(change).plan
    var assumptions = assumptions
    assumptions.failures = failures
    return plan.forecast(over: nodes ?? self.nodes, assuming: assumptions)
  }

  private func after(_ seconds: Int64) -> Timestamp { SampleFleet.start.advanced(by: .seconds(seconds)) }

  /// 600 s to apply and 150 s until it is heard; 3600 s and 150 s for the soak; then two pairs of workers.
  @Test func timesAreThoseOfThePlan() throws {
    let forecast = try forecast()
    #expect(forecast.status == .completed)
    #expect(forecast.rings.map(\.opened) == [after(0), after(4500)])
    #expect(forecast.rings.map(\.passed) == [after(4500), after(6000)])
    #expect(forecast.rings.map(\.updated) == [1, 4])
    #expect(forecast.rings.map(\.mostAtWork) == [1, 2])
    #expect(forecast.end == after(6000))
    #expect(forecast.untouched == 0)
  }

  @Test func aFailingCanaryProtectsTheOthers() throws {
    let forecast = try forecast(failures: .init(ring: "canary", count: 1))
    #expect(forecast.status == .halted)
    #expect(forecast.end == after(750))
    #expect(forecast.untouched == 4)
    #expect(forecast.rings[1].opened == nil)
    #expect(forecast.note?.reason.hasPrefix("1 failed in ring canary, at most 0 may") == true)
  }

  @Test func whatTheBudgetAllowsGoesOn() throws {
    let forecast = try forecast(failures: .init(ring: "workers", count: 1)) { $0.rings[1].failureBudget = .count(1) }
    #expect(forecast.status == .completed)
    #expect(forecast.rings[1].failed == 1)
    #expect(forecast.rings[1].updated == 3)
  }

  @Test func aRingWithoutNodesStopsIt() throws {
    let forecast = try forecast(nodes: Array(nodes.dropFirst()))
    #expect(forecast.status == .active)
    #expect(forecast.rings[0].reasons == [.noMembers(ring: "canary")])
    #expect(forecast.untouched == 4)
  }

  @Test func approvalsAreAssumed() throws {
    let forecast = try forecast { $0.rings[1].approvals = ApprovalPlan(count: 2, from: ["anna", "ben"]) }
    #expect(forecast.status == .completed)
  }

  @Test func aLargeFleetIsPlayed() throws {
    let nodes = (1...5000).map { number in
      FleetNode(
        name: "n\(number)", labels: ["role": number == 1 ? "canary" : "worker", "rack": "r\(number % 100)"],
        seen: SampleFleet.start)
    }
    let forecast = try forecast(nodes: nodes) { $0.rings[1].slots = .percent(10) }
    #expect(forecast.status == .completed)
    #expect(forecast.rings[1].mostAtWork == 100, "one in each rack")
    #expect(forecast.end == after(4500 + 50 * 750))
  }
}
