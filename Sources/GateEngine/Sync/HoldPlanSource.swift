public import GateModel

/// Asks apt what it would do if certain versions were held.
public protocol HoldPlanSource {
  /// What `apt-get dist-upgrade` would do if `holds` were the only ones of apt-gate, with the packages `kept` neither
  /// upgraded nor removed.
  func pending(under holds: [Hold], keeping kept: [BinaryPackage]) throws -> PendingChanges
}

/// The holds that are in force in apt.
public protocol HoldStore {
  /// What is held now.
  func holds() throws -> [Hold]
  /// Makes `holds` the ones in force, at once or not at all; whether anything had to be written.
  func enact(_ holds: [Hold]) throws -> Bool
}

/// Asks the fleet's coordinator for a slot.
public protocol SlotClaiming {
  /// Whether `change` may apply on this node now.
  func claim(_ change: Change) -> SlotAnswer
}

/// What the coordinator says.
public enum SlotAnswer: Sendable, Hashable {
  case granted
  /// Not now, and why, in one line.
  case waiting(String)
  /// There is no slot, and none was asked for: what was said last time holds.
  case notAsked
}

/// There is no coordinator: what is staged waits.
public struct NoCoordinator: SlotClaiming {
  public init() {}

  public func claim(_ change: Change) -> SlotAnswer { .waiting("no coordinator is configured, so staged updates wait") }
}
