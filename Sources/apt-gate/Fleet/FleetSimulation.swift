import GateModel
import Rollout

/// What `fleet simulate` plays.
struct FleetSimulation {
  let plan: FleetPlan
  let nodes: [FleetNode]
  let assumptions: FleetForecast.Assumptions

  struct Result {
    var assumptions: FleetForecast.Assumptions
    var forecast: FleetForecast
    /// What one failure in each ring would do; empty if failures were asked for.
    var ifOneFails: [(ring: String, forecast: FleetForecast)]
  }

  func result() -> Result {
    var result = Result(assumptions: assumptions, forecast: forecast(assumptions), ifOneFails: [])
    guard assumptions.failures == nil else { return result }
    for ring in result.forecast.rings where ring.updated > 0 {
      var worse = assumptions
      worse.failures = FleetForecast.Failures(ring: ring.name, count: 1)
      result.ifOneFails.append((ring.name, forecast(worse)))
    }
    return result
  }

  private func forecast(_ assumptions: FleetForecast.Assumptions) -> FleetForecast {
    plan.forecast(over: nodes, assuming: assumptions)
  }
}
