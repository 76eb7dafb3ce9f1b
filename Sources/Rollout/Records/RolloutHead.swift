public import GateModel

/// What is kept of a rollout as a whole. Every grant and every outcome rewrites it, by compare-and-set, so that what it
/// counts is exact whoever writes.
public struct RolloutHead: Sendable, Hashable, Codable {
  public var id: RolloutID
  public var created: Timestamp
  public var status: RolloutStatus
  /// Why it is in this status; nil while it is active and always was.
  public var note: RolloutNote?
  /// By name of the ring.
  public var rings: [String: RingRecord]
  /// How many entries its journal has.
  public var journalLength: Int

  public init(id: RolloutID, created: Timestamp) {
    self.id = id
    self.created = created
    status = .active
    rings = [:]
    journalLength = 0
  }

  public subscript(ring: String) -> RingRecord {
    get { rings[ring] ?? RingRecord() }
    set { rings[ring] = newValue }
  }
}
