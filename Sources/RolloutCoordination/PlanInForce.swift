public import FleetStore
public import Rollout

/// The plan that decides, and what must still hold of the store for it to be in force.
public struct PlanInForce: Sendable, Hashable {
  public var plan: FleetPlan
  /// What every write asks for besides its own conditions, such as the version of ``FleetKey/configuration``; nil where the
  /// plan does not lie in the store.
  public var condition: StoreCondition?

  public init(_ plan: FleetPlan, condition: StoreCondition? = nil) {
    self.plan = plan
    self.condition = condition
  }
}
