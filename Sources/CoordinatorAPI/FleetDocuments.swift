public import GateModel
public import Rollout

/// A rollout as operators see it.
public struct RolloutDocument: Sendable, Codable {
  public struct Ring: Sendable, Codable {
    public var name: String
    public var population: Int
    public var counts: [String: Int]
    public var opened: Timestamp?
    public var passed: Timestamp?
    public var approvals: [RolloutNote]
    public var needed: Int
    /// What the ring waits for, one line each.
    public var waits: [String]

    public init(
      name: String, population: Int, counts: [String: Int], opened: Timestamp?, passed: Timestamp?,
      approvals: [RolloutNote], needed: Int, waits: [String]
    ) {
      self.name = name
      self.population = population
      self.counts = counts
      self.opened = opened
      self.passed = passed
      self.approvals = approvals
      self.needed = needed
      self.waits = waits
    }
  }

  public var rollout: RolloutID
  public var status: RolloutStatus
  public var created: Timestamp
  public var note: RolloutNote?
  public var rings: [Ring]
  public var artifacts: [Artifact]?
  public var journal: [JournalEntry]?

  public init(rollout: RolloutID, status: RolloutStatus, created: Timestamp, note: RolloutNote?, rings: [Ring]) {
    self.rollout = rollout
    self.status = status
    self.created = created
    self.note = note
    self.rings = rings
  }
}

public struct RolloutList: Sendable, Codable {
  public var rollouts: [RolloutDocument]
  public init(rollouts: [RolloutDocument]) { self.rollouts = rollouts }
}

/// A page of nodes, in the order of their names.
public struct NodeList: Sendable, Codable {
  public var nodes: [FleetNode]
  /// Ask again with `after` of this name; absent at the end.
  public var next: String?

  public init(nodes: [FleetNode], next: String?) {
    self.nodes = nodes
    self.next = next
  }
}

public struct NodeDocument: Sendable, Codable {
  public var node: FleetNode
  public var summary: NodeSummary?
  public var groups: [String]

  public init(node: FleetNode, summary: NodeSummary?, groups: [String]) {
    self.node = node
    self.summary = summary
    self.groups = groups
  }
}

/// The fleet's configuration, as the YAML that an operator wrote.
public struct ConfigurationDocument: Sendable, Hashable, Codable {
  public var text: String
  /// Give it back to replace just this one.
  public var version: UInt64

  public init(text: String, version: UInt64) {
    self.text = text
    self.version = version
  }
}

/// A change of the fleet's configuration.
public struct ConfigurationChange: Sendable, Hashable, Codable {
  public var text: String
  /// The version that it replaces; absent for the first.
  public var replaces: UInt64?
  public var reason: String

  public init(text: String, replaces: UInt64?, reason: String) {
    self.text = text
    self.replaces = replaces
    self.reason = reason
  }
}
