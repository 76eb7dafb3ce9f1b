public import GateModel

/// Which changes stay out of apt's reach, and which go ahead.
public struct HoldPlan: Sendable, Hashable {
  /// Every change that was decided on: what is pending, and what would be once the rest is held.
  public var checked: [CheckedChange]
  /// Sorted by source.
  public var holds: [Hold]
  /// What apt itself keeps back, whatever is held.
  public var keptBack: [KeptBackPackage]
  /// What apt warned of, and what could not be held as it should.
  public var warnings: [String]

  public init(checked: [CheckedChange], holds: [Hold], keptBack: [KeptBackPackage] = [], warnings: [String] = []) {
    self.checked = checked
    self.holds = holds
    self.keptBack = keptBack
    self.warnings = warnings
  }
}

/// What ``HoldPlanner`` wants to know next.
public enum HoldPlannerAction: Sendable, Hashable {
  /// What apt would do under these holds; the answer goes to ``HoldPlanner/planned(_:)``.
  case plan(holds: [Hold], keeping: [BinaryPackage])
  /// A decision on each; the answer goes to ``HoldPlanner/checked(_:)``.
  case check([Change])
  /// It is done.
  case finish(HoldPlan)
}
