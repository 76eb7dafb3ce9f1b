public import GateModel

/// The answer to a node that asks for a slot.
public enum ClaimAnswer: Sendable, Hashable, Codable {
  /// It may begin, after it has asked again right before dpkg.
  case grant(Grant)
  /// It was granted, began, and has not said how it went.
  case underway(Grant)
  case wait(Waiting)
  /// The node has the version, as far as is known here.
  case settled(NodePhase)
  /// Not now and not later, unless a person does something.
  case refuse(Refusal)
}

/// Why a node waits: everything that stands in its way now.
public struct Waiting: Sendable, Hashable, Codable {
  /// Never empty.
  public var reasons: [WaitReason]
  /// When it is worth asking again.
  public var askAgain: Timestamp

  public init(reasons: [WaitReason], askAgain: Timestamp) {
    self.reasons = reasons
    self.askAgain = askAgain
  }
}

/// The answer to a node that asks, right before dpkg, whether its grant still stands.
public enum ConfirmAnswer: Sendable, Hashable, Codable {
  case go(Grant)
  case stop(Refusal)
}

/// The answer to a report.
public enum ReportAnswer: Sendable, Hashable, Codable {
  /// It is written down, or was before.
  case accepted(NodePhase)
  case refuse(Refusal)
}

/// The answer to an operator.
public enum OrderAnswer: Sendable, Hashable, Codable {
  case done
  /// It cannot be done; nothing changed.
  case refuse(Refusal)
}

/// Why something is refused.
public enum Refusal: Sendable, Hashable, Codable, Error {
  case abandoned(RolloutNote)
  case superseded(RolloutNote)
  case halted(RolloutNote)
  /// The node failed with this version, or fell silent.
  case nodeFailed(reason: String)
  case skipped(RolloutNote)
  /// The archive has other bytes under a version that the rollout knows.
  case altered([Artifact])
  case malformed(String)
  /// The token is not that of the node's last grant.
  case staleToken
  case deadlinePassed(Timestamp)
  /// The event cannot happen to a node in this phase.
  case outOfOrder(NodePhase, NodeEvent)
  case wrongStatus(RolloutStatus, RolloutEvent)
  case notActive(RolloutStatus)
  case noSuchRing(String)
  case notAnApprover(String, from: [String])
  case alreadyApproved(String)
}
