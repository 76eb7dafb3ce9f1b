public import GateModel

/// What is kept of one ring of one rollout: numbers only, so that it stays small in a fleet of any size.
public struct RingRecord: Sendable, Hashable, Codable {
  /// How many nodes of the fleet are in the ring, when it was last counted.
  public var population: Int
  /// How many nodes are in each phase; those that are not named are `expected`.
  public var counts: [String: Int]
  public var opened: Timestamp?
  /// How many of its nodes wait because they would install what no ring before ran.
  public var unproven: Int
  /// When a node of it became healthy last.
  public var lastHealthy: Timestamp?
  public var passed: Timestamp?
  /// Who let it pass before its time.
  public var promotion: RolloutNote?
  /// One for each person.
  public var approvals: [RolloutNote]
  /// Failures that an operator has seen and resumed after; they count against the budget no more.
  public var forgiven: Int

  public init(population: Int = 0) {
    self.population = population
    counts = [:]
    approvals = []
    forgiven = 0
    unproven = 0
  }

  public subscript(phase: NodePhase) -> Int {
    get { counts[phase.rawValue] ?? 0 }
    set { counts[phase.rawValue] = newValue > 0 ? newValue : nil }
  }

  public var failures: Int { self[.failed] + self[.silent] }

  /// How many nodes the update concerns and has not failed on: those of which ``RingPlan/minimumHealthy`` is a share.
  public var eligible: Int {
    let known = counts.values.reduce(0, +)
    return max(population, known) - self[.unaffected] - self[.skipped] - failures
  }

  /// How many nodes have not spoken of the version yet.
  public var expected: Int { max(0, population - counts.values.reduce(0, +)) }
}

/// A person's word, or the coordinator's own, with its reason and time.
public struct RolloutNote: Sendable, Hashable, Codable {
  /// The person's name; `apt-gate` for what the rollout did by itself.
  public var by: String
  public var reason: String
  public var at: Timestamp

  public init(by: String, reason: String, at: Timestamp) {
    self.by = by
    self.reason = reason
    self.at = at
  }

  public static let itself = "apt-gate"
}
