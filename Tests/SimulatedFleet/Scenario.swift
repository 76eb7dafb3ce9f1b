import GateModel
import Rollout
import TestSupport

/// What a seed makes of a fleet: its plan, its nodes, and how much goes wrong.
struct Scenario {
  var plan: FleetPlan
  var nodes: [NodeDraft]
  var coordinators: Int
  /// Chances, of a million.
  var lostMessages: Int
  var repeatedMessages: Int
  var lateMessages: Int
  var storeFailures: Int
  var lostOutcomes: Int
  var failures: Int
  var hangs: Int
  /// How often things of each kind happen on average, in milliseconds; nil for never.
  var nodeCrashes: Int64?
  var coordinatorCrashes: Int64?
  var clockJumps: Int64?
  var partitions: Int64?
  var orders: Int64?
  /// Whether a second source, and a newer version of the first, come along.
  var hasSecondSource: Bool
  var hasNewerVersion: Bool

  struct NodeDraft {
    var name: String
    var labels: [String: String]
    var architecture: String
  }

  /// Nothing goes wrong in it, so that every rollout must complete.
  var isKind: Bool {
    failures == 0 && hangs == 0 && nodeCrashes == nil && orders == nil && partitions == nil && clockJumps == nil
      && coordinatorCrashes == nil && lostMessages == 0 && lateMessages == 0 && lostOutcomes == 0 && storeFailures == 0
      && !hasNewerVersion && !plan.rings.contains { $0.approvals.count > 0 }
  }

  static let minute: Int64 = 60_000

  init(_ seed: inout Seed) {
    let racks = 1 + seed.below(4)
    let rings = 1 + seed.below(3)
    plan = Self.plan(rings, &seed)
    nodes = (0..<(rings + 1 + seed.below(6))).map { number in
      NodeDraft(
        name: "n\(number)",
        labels: ["ring": number < rings ? "r\(number)" : "r\(seed.below(rings))", "rack": "k\(seed.below(racks))"],
        architecture: seed.below(8) == 0 && number >= rings ? "arm64" : "amd64")
    }
    coordinators = 1 + seed.below(3)
    let kind = seed.below(8) == 0
    func chance(_ most: Int) -> Int { kind || seed.below(3) == 0 ? 0 : seed.below(most) }
    func every(_ least: Int64) -> Int64? { kind || seed.below(2) == 0 ? nil : least * Int64(1 + seed.below(6)) }
    lostMessages = chance(200_000)
    repeatedMessages = chance(100_000)
    lateMessages = chance(100_000)
    storeFailures = chance(50_000)
    lostOutcomes = chance(50_000)
    failures = chance(200_000)
    hangs = chance(100_000)
    nodeCrashes = every(90 * Self.minute)
    coordinatorCrashes = every(60 * Self.minute)
    clockJumps = every(90 * Self.minute)
    partitions = every(60 * Self.minute)
    orders = every(60 * Self.minute)
    hasSecondSource = seed.below(3) == 0
    hasNewerVersion = !kind && seed.below(5) == 0
  }

  private static func plan(_ count: Int, _ seed: inout Seed) -> FleetPlan {
    let groups = (0..<count).map { GroupPlan(name: "g\($0)", labels: ["ring": [Glob("r\($0)")]]) }
    let rings = (0..<count).map { number -> RingPlan in
      var ring = RingPlan(name: "r\(number)", groups: ["g\(number)"])
      ring.slots = seed.below(2) == 0 ? .count(1 + seed.below(3)) : .percent(20 + seed.below(60))
      if seed.below(3) > 0 { ring.perDomain = ["rack": 1 + seed.below(2)] }
      ring.deadline = .seconds(60 * (20 + seed.below(40)))
      ring.soak = seed.below(4) == 0 ? .zero : .seconds(600 * (1 + seed.below(12)))
      ring.silence = .seconds(3600 + 600 * seed.below(6))
      ring.failureBudget = seed.below(3) == 0 ? .percent(30) : .count(seed.below(3))
      if seed.below(4) == 0 { ring.minimumHealthy = .percent(50 + seed.below(50)) }
      if seed.below(6) == 0 { ring.approvals = ApprovalPlan(count: 1) }
      return ring
    }
    return FleetPlan(groups: groups, rings: rings)
  }
}
