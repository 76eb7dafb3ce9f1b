/// Everything that a policy may read about one change.
///
/// What is nil could not be had. A rule that needs it fires, for what it matches, and says so.
public struct Facts: Sendable, Hashable {
  /// `update` to a policy.
  public var change: Change
  public var effects: [Effect]
  /// When this node, or its fleet, first saw the version: never a date that the package or archive supplies.
  public var firstSeen: Timestamp?
  /// Since when the version has been held without a break; nil if it is not held.
  public var heldSince: Timestamp?
  public var node: NodeFacts?
  public var network: NetworkFacts?
  public var fleet: FleetFacts?
  public var now: Timestamp?

  public init(
    change: Change, effects: [Effect], firstSeen: Timestamp? = nil, heldSince: Timestamp? = nil,
    node: NodeFacts? = nil, network: NetworkFacts? = nil, fleet: FleetFacts? = nil, now: Timestamp? = nil
  ) {
    self.change = change
    self.effects = effects
    self.firstSeen = firstSeen
    self.heldSince = heldSince
    self.node = node
    self.network = network
    self.fleet = fleet
    self.now = now
  }

  /// How long the version has been known; nil if one of the times is not known.
  public var age: Duration? {
    guard let now, let firstSeen else { return nil }
    return now.duration(since: firstSeen)
  }
}

/// The node that the change is pending on.
public struct NodeFacts: Sendable, Hashable {
  public var name: String
  /// The groups that the fleet's operator put the node in.
  public var groups: [String]
  /// `ID` of os-release, such as `debian`.
  public var distribution: String
  /// `VERSION_ID` of os-release, such as `12`.
  public var release: String
  /// dpkg's name of the architecture.
  public var architecture: String
  /// Release of the running kernel, as `uname -r` prints it.
  public var kernel: String
  public var labels: [String: String]
  /// Units whose restart a shield refused and is still owed; nil if that is not known.
  public var owedRestarts: [String]?

  public init(
    name: String, groups: [String] = [], distribution: String = "", release: String = "", architecture: String = "",
    kernel: String = "", labels: [String: String] = [:], owedRestarts: [String]? = nil
  ) {
    self.name = name
    self.groups = groups
    self.distribution = distribution
    self.release = release
    self.architecture = architecture
    self.kernel = kernel
    self.labels = labels
    self.owedRestarts = owedRestarts
  }
}

/// The fleet that the node belongs to, as the coordinator tells.
public struct FleetFacts: Sendable, Hashable {
  /// Whether the coordinator answers.
  public var reachable: Bool
  /// The ring that the node is in.
  public var ring: String
  /// Whether this version's rollout has been halted.
  public var halted: Bool
  /// Nodes that run the version.
  public var updatedNodes: Int
  /// Nodes on which the version failed.
  public var failedNodes: Int

  public init(
    reachable: Bool, ring: String = "", halted: Bool = false, updatedNodes: Int = 0, failedNodes: Int = 0
  ) {
    self.reachable = reachable
    self.ring = ring
    self.halted = halted
    self.updatedNodes = updatedNodes
    self.failedNodes = failedNodes
  }
}
