public import GateModel

extension RolloutStateMachine {
  /// A node asked for the version for the first time.
  public mutating func begun(_ populations: [String: Int], at now: Timestamp) {
    announce(.created, "the first node asked for it", at: now)
    surveyed(populations, at: now)
  }
}
