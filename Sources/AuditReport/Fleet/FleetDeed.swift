public import GateModel

/// What a person did through the coordinator, as its audit log has it.
public struct FleetDeed: Sendable, Hashable, Codable {
  public var number: Int
  public var time: Timestamp
  public var by: String
  public var what: String
  public var about: String
  public var reason: String
  /// Whether the record is as it was written and follows the one before.
  public var isIntact: Bool

  public init(
    number: Int, time: Timestamp, by: String, what: String, about: String, reason: String, isIntact: Bool
  ) {
    self.number = number
    self.time = time
    self.by = by
    self.what = what
    self.about = about
    self.reason = reason
    self.isIntact = isIntact
  }
}
