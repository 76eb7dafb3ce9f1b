public import Rollout

/// One rollout as operators see it: what it is bound to, who is at work, and what became of it.
public struct RolloutDocument: Sendable, Codable {
  public var report: RolloutReport
  /// The packages that its rings have run.
  public var artifacts: [Artifact]
  /// Slots that it needs now.
  public var slots: [SlotRecord]
  /// The oldest first.
  public var journal: [JournalEntry]

  public init(report: RolloutReport, artifacts: [Artifact], slots: [SlotRecord], journal: [JournalEntry]) {
    self.report = report
    self.artifacts = artifacts
    self.slots = slots
    self.journal = journal
  }
}

public struct RolloutList: Sendable, Codable {
  public var rollouts: [RolloutReport]
  public init(rollouts: [RolloutReport]) { self.rollouts = rollouts }
}

/// A page of a rollout's nodes, in the order of their names.
public struct MemberList: Sendable, Codable {
  public var nodes: [NodeRecord]
  /// Ask again with `after` of this name; absent at the end.
  public var next: String?

  public init(nodes: [NodeRecord], next: String?) {
    self.nodes = nodes
    self.next = next
  }
}

/// A page of nodes, in the order of their names.
public struct NodeList: Sendable, Codable {
  public var nodes: [FleetNode]
  /// Ask again with `after` of this name; absent at the end.
  public var next: String?
  /// What contradicts the ledgers of nodes of this page, by node; nil if nothing does.
  public var alarms: [String: String]?

  public init(nodes: [FleetNode], next: String?, alarms: [String: String]? = nil) {
    self.nodes = nodes
    self.next = next
    self.alarms = alarms
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
