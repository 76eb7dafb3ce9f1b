/// A change with what it would do to the node and what was decided about it.
public struct AssessedChange: Sendable, Hashable {
  public var change: Change
  /// In the order in which they were found, without repeats.
  public var effects: [Effect]
  public var decision: Decision

  public init(change: Change, effects: [Effect], decision: Decision) {
    self.change = change
    self.effects = effects
    self.decision = decision
  }
}
