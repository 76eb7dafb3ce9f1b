import SimulatedFleet
import Testing

/// A few seeds, each run of the tests; `make sim` plays thousands.
@Suite struct SimulationTests {
  @Test func nothingIsViolated() {
    for seed in UInt64(1)...25 {
      let result = Simulation.run(seed: seed)
      #expect(result.violation == nil, "seed \(seed): make sim SEED=\(seed)")
    }
  }

  @Test(arguments: Flaw.allCases) func aFlawIsFound(flaw: Flaw) {
    let found = (UInt64(1)...100).lazy.map { Simulation.run(seed: $0, flaw: flaw) }.first { $0.violation != nil }
    #expect(found != nil, "\(flaw.rawValue) goes unseen")
  }
}
