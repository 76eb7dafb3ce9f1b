/// How a rollout as a whole stands.
public enum RolloutStatus: String, Sendable, Hashable, CaseIterable, Codable {
  /// Nodes get slots, ring by ring.
  case active
  /// Nothing is granted and nothing granted may begin, until an operator resumes.
  case halted
  /// Every ring has passed. Nodes that come late get slots all the same.
  case completed
  /// A newer version of the source has its own rollout: nothing more is granted for this one.
  case superseded
  /// An operator gave the version up: it is remembered and never offered again.
  case abandoned

  public var isOver: Bool { self == .superseded || self == .abandoned }
}

public enum RolloutEvent: String, Sendable, Hashable, CaseIterable, Codable {
  /// By an operator, or because more nodes failed than the budget allows.
  case halted
  case resumed
  case lastRingPassed = "last-ring-passed"
  case newerVersion = "newer-version"
  case abandoned
}

extension RolloutStatus {
  /// What follows on what: the whole of it.
  public static let transitions: [RolloutStatus: [RolloutEvent: RolloutStatus]] = [
    .active: [
      .halted: .halted, .lastRingPassed: .completed, .newerVersion: .superseded, .abandoned: .abandoned,
    ],
    .halted: [.resumed: .active, .newerVersion: .superseded, .abandoned: .abandoned],
    .completed: [.halted: .halted, .newerVersion: .superseded, .abandoned: .abandoned],
    .superseded: [.abandoned: .abandoned],
    .abandoned: [:],
  ]

  public func after(_ event: RolloutEvent) -> RolloutStatus? { Self.transitions[self]?[event] }
}
