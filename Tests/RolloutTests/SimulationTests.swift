import SimulatedFleet
import Testing

/// A few seeds, each run of the tests; `make sim` plays thousands.
@Suite struct SimulationTests {
  @Test func nothingIsViolated() {
    for seed in UInt64(1)...12 {
      let result = Simulation.run(seed: seed)
      #expect(result.violation == nil, "seed \(seed): make sim SEED=\(seed)")
    }
  }

  /// What is broken on purpose is found, and by what it breaks.
  @Test(arguments: [(Flaw.storeWithoutCompare, "token"), (.nodeWithoutConfirmation, "really at work")])
  func aFlawIsFound(flaw: Flaw, by words: String) throws {
    let results = (UInt64(45)...200).lazy.map { Simulation.run(seed: $0, flaw: flaw) }
    let found = try #require(
      results.first { $0.violation?.contains(words) == true }, "\(flaw.rawValue) goes unseen")
    #expect(Simulation.run(seed: found.seed).violation == nil)
  }
}
