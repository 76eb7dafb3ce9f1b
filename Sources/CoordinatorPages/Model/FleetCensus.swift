public import GateModel

/// The fleet in numbers, counted every minute: what a page cannot count each time that it is asked for.
public struct FleetCensus: Sendable, Codable {
  public var at: Timestamp
  public var nodes = 0
  /// Nodes that say that they are not well.
  public var unwell = 0
  /// Nodes that nobody has heard from for ``quietAfter``.
  public var quiet = 0
  /// Nodes of each ring.
  public var rings: [String: Int] = [:]
  /// Nodes that no ring takes, and those that several rings would take.
  public var unassigned = 0
  public var ambiguous = 0
  /// What nodes hold, the most held first; ``mostHeld`` at most.
  public var held: [HeldVersion] = []
  /// Whether there are more.
  public var heldIsCut = false

  public static let quietAfter = Duration.seconds(3600)
  public static let mostHeld = 1000

  public init(at: Timestamp) { self.at = at }
}
