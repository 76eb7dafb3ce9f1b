import Foundation
import SimulatedFleet
import Synchronization

/// Plays many seeds, or one again. Ends with 0, with 3 if an invariant is violated, with 64 if it is called wrongly.
@main struct FleetSimulation {
  static func main() {
    var flaw: Flaw?
    var seed: UInt64?
    var count = 10_000
    var first: UInt64 = 1
    var words = CommandLine.arguments.dropFirst()
    while let option = words.popFirst() {
      guard let value = words.popFirst() else { refuse(option) }
      switch option {
      case "--flaw":
        flaw = Flaw(rawValue: value)
        if flaw == nil { refuse(value) }
      case "--seed":
        seed = UInt64(value)
        if seed == nil { refuse(value) }
      case "--seeds":
        guard let number = Int(value), number > 0 else { refuse(value) }
        count = number
      case "--from":
        guard let number = UInt64(value) else { refuse(value) }
        first = number
      default: refuse(option)
      }
    }
    if let seed { exit(show(Simulation.run(seed: seed, flaw: flaw)) ? 0 : 3) }
    exit(play(first, count, flaw) ? 0 : 3)
  }

  private static func refuse(_ word: String) -> Never {
    let flaws = Flaw.allCases.map(\.rawValue).joined(separator: "|")
    print("`\(word)`: fleet-sim [--seeds N] [--from SEED] [--seed SEED] [--flaw \(flaws)]")
    exit(64)
  }

  private struct Totals {
    var completed = 0, rollouts = 0, events = 0, writes = 0, hours = 0
    var failed: [Simulation.Result] = []
  }

  private static func play(_ first: UInt64, _ count: Int, _ flaw: Flaw?) -> Bool {
    let started = ContinuousClock.now
    let totals = Mutex(Totals())
    DispatchQueue.concurrentPerform(iterations: count) { index in
      let result = Simulation.run(seed: first &+ UInt64(index), flaw: flaw)
      totals.withLock { totals in
        totals.completed += result.completed
        totals.rollouts += result.rollouts.count
        totals.events += result.events
        totals.writes += result.writes
        totals.hours += result.hours
        if result.violation != nil { totals.failed.append(result) }
      }
    }
    let taken = ContinuousClock.now - started
    let all = totals.withLock { $0 }
    print(
      "\(count) seeds from \(first) in \(taken): \(all.hours) hours of fleets, \(all.events) events, \(all.writes) writes"
        + ", \(all.completed) of \(all.rollouts) rollouts completed, \(all.failed.count) seeds with a violation")
    for result in all.failed.sorted(by: { $0.seed < $1.seed }).prefix(10) { _ = show(result) }
    return all.failed.isEmpty
  }

  private static func show(_ result: Simulation.Result) -> Bool {
    print("seed \(result.seed): \(result.violation.map { "VIOLATION: \($0)" } ?? "good")")
    if result.violation != nil { print("replay: make sim SEED=\(result.seed)") }
    for line in result.rollouts { print("  " + line.replacing("\n", with: "\n  ")) }
    return result.violation == nil
  }
}
