import Foundation
import GateModel
import Rollout
import SimulatedFleet

/// What really happens, whatever the coordinators believe.
actor StormLog {
  struct Tally: Sendable {
    var rollouts: [RolloutID]
    var granted: Int
    var worked: Int
    var unanswered: Int
    var violations: [String]
    /// Tokens that nodes were given, by node and rollout.
    var tokens: [UInt64: String]
    /// Since when each node is well with a version, in milliseconds since 1970.
    var wellSince: [String: Int64]
  }

  private let plan: FleetPlan
  private let start = ContinuousClock.now
  private var offered: [RolloutID] = []
  private var finished: [Int: Int] = [:]
  private var hasEnded = false
  private var busy: [FleetNode] = []
  private var progress: [ContinuousClock.Instant] = []
  private var state = Tally(
    rollouts: [], granted: 0, worked: 0, unanswered: 0, violations: [], tokens: [:], wellSince: [:])

  init(plan: FleetPlan) { self.plan = plan }

  nonisolated var now: Timestamp { Timestamp(secondsSinceEpoch: Int64(Date.now.timeIntervalSince1970)) }
  private static var milliseconds: Int64 { Int64(Date.now.timeIntervalSince1970 * 1000) }

  /// The version with a number; nil if no more are offered. Nobody is two versions ahead of the slowest.
  func offer(_ number: Int) async throws -> RolloutID? {
    while !hasEnded, number > 2, finished[number - 2, default: 0] < Storm.nodes {
      try await Task.sleep(for: .milliseconds(500))
    }
    if offered.count >= number { return offered[number - 1] }
    guard !hasEnded, let id = RolloutID(source: "storm-\(number)", version: "1.\(number)") else { return nil }
    offered.append(id)
    return id
  }

  /// A node has soaked with the version with a number.
  func finished(_ number: Int) { finished[number, default: 0] += 1 }

  /// What was begun is gone through by all; nothing new comes.
  func end() { hasEnded = true }

  func granted(_ grant: Grant) {
    progressed()
    let holder = "\(grant.node) \(grant.rollout)"
    if let other = state.tokens[grant.token], other != holder {
      state.violations.append("token \(grant.token) was given to \(other) and \(holder)")
    }
    if state.tokens.updateValue(holder, forKey: grant.token) == nil { state.granted += 1 }
  }

  /// dpkg begins.
  func began(_ node: FleetNode) {
    busy.append(node)
    if let violation = Invariants.crowding(at: node, among: busy, under: plan, populations: populations) {
      state.violations.append(violation)
    }
  }

  /// dpkg has ended, and the node is well.
  func ended(_ node: FleetNode, _ id: RolloutID) {
    busy.removeAll { $0.name == node.name }
    state.worked += 1
    state.wellSince["\(node.name) \(id)"] = Self.milliseconds
  }

  func wellFor(_ node: String, _ id: RolloutID) -> Int64 {
    (Self.milliseconds - (state.wellSince["\(node) \(id)"] ?? Self.milliseconds)) / 1000
  }

  func unanswered() { state.unanswered += 1 }
  func progressed() { progress.append(.now) }

  func waitForProgress(_ limit: Duration) async throws -> Duration {
    while progress.isEmpty {
      guard ContinuousClock.now - start < limit else { throw StormFailure("no slot was granted within \(limit)") }
      try await Task.sleep(for: .milliseconds(50))
    }
    return progress[0] - start
  }

  /// The longest time without progress from `moment` on, looked at until `least` has passed and it goes on again.
  func longestPause(
    since moment: ContinuousClock.Instant, atLeast least: Duration, atMost most: Duration
  ) async throws -> Duration {
    while true {
      let times = [moment] + progress.filter { $0 > moment }
      let pause = zip(times, times.dropFirst()).map { $1 - $0 }.max() ?? .zero
      let silence = ContinuousClock.now - (times.last ?? moment)
      guard max(pause, silence) <= most else { throw StormFailure("nothing goes on for \(max(pause, silence))") }
      // What was under way when it began may still come: some more must follow.
      let isGoingOn = times.filter { $0 > moment + .seconds(1) }.count >= 5 && silence < .seconds(2)
      if ContinuousClock.now - moment >= least, isGoingOn { return pause }
      guard ContinuousClock.now - moment < most + least else {
        throw StormFailure("it does not go on: \(times.count - 1) steps within \(most + least)")
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  func tally() -> Tally {
    var tally = state
    tally.rollouts = offered
    return tally
  }

  /// Nodes of each ring: fixed.
  private var populations: [String: Int] { ["canary": 4, "early": 36, "rest": Storm.nodes - 40] }
}
