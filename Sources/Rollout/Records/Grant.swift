public import GateModel

/// The right of one node to apply one version until a moment.
public struct Grant: Sendable, Hashable, Codable {
  public var rollout: RolloutID
  public var node: String
  /// Greater than every token that was given out before, over all rollouts of the fleet.
  public var token: UInt64
  /// By the coordinator's clock. The node counts ``remaining`` down by its own, from when it asked.
  public var deadline: Timestamp
  /// Whole seconds from the answer to the deadline.
  public var remaining: Int64

  public init(rollout: RolloutID, node: String, token: UInt64, deadline: Timestamp, now: Timestamp) {
    self.rollout = rollout
    self.node = node
    self.token = token
    self.deadline = deadline
    remaining = max(0, deadline.duration(since: now).components.seconds)
  }
}
