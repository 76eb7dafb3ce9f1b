public import TimeWindows

/// A step of every rollout: some groups, and how carefully they are changed.
public struct RingPlan: Sendable, Hashable {
  public var name: String
  /// Names of groups. Each group is in at most one ring.
  public var groups: [String]
  /// How many nodes of the ring may be at work at once, counted over all rollouts.
  public var slots: Share
  /// For a label such as `rack`: how many nodes with the same value may be at work at once when a node of this ring
  /// begins, counted over all rings and rollouts. Nodes without the label count as of one domain.
  public var perDomain: [String: Int]
  /// From the grant to the node's last word about it. A node that has said nothing by then has failed.
  public var deadline: Duration
  /// How long a node must stay healthy with the version; nought in a ring that nothing follows.
  public var soak: Duration
  /// How long after its soak a node may take to check in before it counts as failed.
  public var silence: Duration
  /// How many nodes must have soaked before the next ring opens. A percentage is of those that the update concerns and
  /// that have not failed.
  public var minimumHealthy: Share
  /// How many nodes may fail before everything stops.
  public var failureBudget: Share
  /// Nodes begin only while one of these is open, and will be for the deadline at least; empty for at any time.
  public var windows: [TimeWindow]
  public var approvals: ApprovalPlan

  public init(
    name: String, groups: [String], slots: Share = .count(1), perDomain: [String: Int] = [:],
    deadline: Duration = .seconds(1800), soak: Duration = .zero, silence: Duration = .seconds(3600),
    minimumHealthy: Share = .percent(100), failureBudget: Share = .count(0), windows: [TimeWindow] = [],
    approvals: ApprovalPlan = .none
  ) {
    self.name = name
    self.groups = groups
    self.slots = slots
    self.perDomain = perDomain
    self.deadline = deadline
    self.soak = soak
    self.silence = silence
    self.minimumHealthy = minimumHealthy
    self.failureBudget = failureBudget
    self.windows = windows
    self.approvals = approvals
  }
}

/// Who must agree before a ring opens.
public struct ApprovalPlan: Sendable, Hashable {
  /// How many different people; 0 for none.
  public var count: Int
  /// Who may; empty for every approver of the fleet.
  public var from: [String]

  public init(count: Int, from: [String] = []) {
    self.count = count
    self.from = from
  }

  public static let none = ApprovalPlan(count: 0)
}
