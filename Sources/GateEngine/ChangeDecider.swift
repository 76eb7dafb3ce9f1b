public import GateModel
public import Policy

/// Gives the verdict on a change.
public protocol ChangeDecider {
  /// The verdict on `change`, which would have `effects`; throws if a fact or policy it needs is broken.
  func decision(on change: Change, effects: [Effect]) throws -> Decision
}

extension PolicySet: ChangeDecider {
  public func decision(on change: Change, effects: [Effect]) -> Decision { decide(change: change, effects: effects) }
}
