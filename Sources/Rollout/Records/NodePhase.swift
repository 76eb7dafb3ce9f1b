/// Where a node is with one rollout.
public enum NodePhase: String, Sendable, Hashable, CaseIterable, Codable {
  /// The node is in the plan and has not spoken of the version yet. No record is kept for it.
  case expected
  /// The version is pending on the node, and it waits for its turn.
  case waiting
  /// It may begin, until its deadline. It holds a slot.
  case granted
  /// It has been told, right before dpkg, that the grant still stands. It holds a slot.
  case applying
  /// dpkg is done, the checks after it are not. It holds a slot.
  case applied
  /// It applied the version and is well; its soak runs.
  case healthy
  /// It was well for the whole soak, and has said so since.
  case soaked
  /// It said that the version did it harm, or could not be applied.
  case failed
  /// It said nothing until its deadline. It keeps its slot if dpkg may be running.
  case silent
  /// An operator lets the rollout go on without it.
  case skipped
  /// It said that the version does not concern it: not installed, or there already.
  case unaffected

  /// Whether a node in it must report before a deadline.
  public var isAtWork: Bool { self == .granted || self == .applying || self == .applied }

  /// Whether it counts against the failure budget.
  public var isFailure: Bool { self == .failed || self == .silent }
}

/// What can happen to a node.
public enum NodeEvent: String, Sendable, Hashable, CaseIterable, Codable {
  /// The node says that the version is pending.
  case joined
  case granted
  /// Right before dpkg, the grant still stood.
  case confirmed
  case applied
  case healthy
  /// A check-in came after the soak, and the node is well.
  case soaked
  case failed
  /// The node gives its grant back: dpkg did not run.
  case returned
  case deadlinePassed = "deadline-passed"
  /// An operator goes on without it.
  case skipped
  /// An operator lets it try again.
  case retried
  /// The node says that the version does not concern it.
  case unaffected
}

extension NodePhase {
  /// What follows on what: the whole of it. What is not here does not happen.
  public static let transitions: [NodePhase: [NodeEvent: NodePhase]] = [
    .expected: [.joined: .waiting, .skipped: .skipped, .unaffected: .unaffected],
    .waiting: [.granted: .granted, .skipped: .skipped, .unaffected: .unaffected],
    .granted: [.confirmed: .applying, .failed: .failed, .returned: .waiting, .deadlinePassed: .silent],
    .applying: [
      .applied: .applied, .healthy: .healthy, .failed: .failed, .returned: .waiting, .deadlinePassed: .silent,
    ],
    .applied: [.healthy: .healthy, .failed: .failed, .deadlinePassed: .silent],
    .healthy: [.soaked: .soaked, .failed: .failed, .deadlinePassed: .silent],
    .soaked: [.failed: .failed],
    .failed: [.skipped: .skipped, .retried: .waiting],
    // A late word is heard: it says more than the silence did. What the silence stopped stays stopped.
    .silent: [.healthy: .healthy, .failed: .failed, .returned: .waiting, .skipped: .skipped, .retried: .waiting],
    .skipped: [.retried: .waiting],
    .unaffected: [.joined: .waiting],
  ]

  /// The phase after `event`; nil where it cannot happen.
  public func after(_ event: NodeEvent) -> NodePhase? { Self.transitions[self]?[event] }
}
