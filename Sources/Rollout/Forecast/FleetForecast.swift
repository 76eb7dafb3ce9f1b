public import GateModel

/// Plays a plan over a list of nodes, with the real state machine: how long a rollout takes if all goes well, and what is
/// stopped if nodes of a ring fail.
///
/// Every node asks as soon as something happens that may let it begin, and approvals are there when they are asked for: the
/// forecast is of the plan's own times. It is as good as what is assumed.
public struct FleetForecast: Sendable, Hashable {
  public struct Assumptions: Sendable, Hashable {
    /// When the version comes into every node's lists.
    public var start: Timestamp
    /// From a grant to the node's word that it is well.
    public var applyTime: Duration
    /// From one check-in to the next: how long a node waits at most until it hears that it may begin.
    public var checkIn: Duration
    /// How many nodes of a ring fail, first ones first; nil if none does.
    public var failures: Failures?

    public init(
      start: Timestamp, applyTime: Duration = .seconds(600), checkIn: Duration = .seconds(300),
      failures: Failures? = nil
    ) {
      self.start = start
      self.applyTime = applyTime
      self.checkIn = checkIn
      self.failures = failures
    }
  }

  public struct Failures: Sendable, Hashable {
    public var ring: String
    public var count: Int

    public init(ring: String, count: Int) {
      self.ring = ring
      self.count = count
    }
  }

  /// What becomes of one ring.
  public struct Ring: Sendable, Hashable {
    public var name: String
    public var nodes: Int
    public var opened: Timestamp?
    public var passed: Timestamp?
    /// Nodes that have the new version, and are well.
    public var updated: Int
    public var failed: Int
    /// The most nodes that were at work at once.
    public var mostAtWork: Int
    /// What it waits for at the end; empty if it has passed.
    public var reasons: [WaitReason]
  }

  public var rings: [Ring]
  public var status: RolloutStatus
  /// When nothing happens any more.
  public var end: Timestamp
  /// Why it ended as it did, if somebody or something halted it.
  public var note: RolloutNote?
  /// Nodes that keep the old version: what a failure protects.
  public var untouched: Int
  /// Nodes that no ring takes, or several do.
  public var outside: Int
}

extension FleetPlan {
  /// Plays a rollout over `nodes`.
  public func forecast(
    over nodes: [FleetNode], assuming assumptions: FleetForecast.Assumptions
  ) -> FleetForecast {
    var player = ForecastPlayer(self, nodes, assumptions)
    return player.play()
  }
}
