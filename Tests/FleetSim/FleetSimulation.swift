import Foundation
import SimulatedFleet
import Synchronization

/// Plays many seeds, or one again. `fleet-sim [--seeds N] [--from SEED] [--seed SEED] [--flaw NAME]`
@main struct FleetSimulation {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    func value(_ option: String) -> String? {
      words.firstIndex(of: option).flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    }
    let flaw = value("--flaw").flatMap(Flaw.init(rawValue:))
    if let seed = value("--seed").flatMap(UInt64.init) {
      exit(show(Simulation.run(seed: seed, flaw: flaw)) ? 0 : 3)
    }
    let count = value("--seeds").flatMap { Int($0) } ?? 10_000
    let first = value("--from").flatMap(UInt64.init) ?? 1
    exit(play(first, count, flaw) ? 0 : 3)
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
