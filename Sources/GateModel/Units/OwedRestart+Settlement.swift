extension OwedRestart {
  /// Whether a restart is still owed.
  public enum Settlement: Sendable, Hashable {
    case owed
    case settled(by: Settler)
  }

  /// What settled it.
  public enum Settler: String, Sendable, Hashable, CaseIterable {
    case reboot
    case restart
    /// The unit does not run any more, so neither does the old code.
    case stop
  }

  /// What is seen of a unit later.
  public struct Observation: Sendable, Hashable {
    /// The kernel's id of the boot that it was seen in.
    public var boot: String
    /// The unit; nil if the manager could not be asked.
    public var unit: UnitSnapshot?

    public init(boot: String, unit: UnitSnapshot?) {
      self.boot = boot
      self.unit = unit
    }
  }

  /// What `observation` says of it. What cannot be told counts as owed.
  public func settlement(_ observation: Observation) -> Settlement {
    if observation.boot != boot { return .settled(by: .reboot) }
    guard let unit = observation.unit else { return .owed }
    if !unit.isRunning { return .settled(by: .stop) }
    if let invocation, let current = unit.invocation {
      return invocation == current ? .owed : .settled(by: .restart)
    }
    if let mainStart, let current = unit.mainStart, current > mainStart { return .settled(by: .restart) }
    return .owed
  }
}
