public import GateModel

/// What the coordinator, as a witness, knows of one node's ledger.
public struct LedgerStanding: Sendable, Hashable, Codable {
  public enum State: String, Sendable, Hashable, CaseIterable, Codable {
    /// Each checkpoint continued the one before.
    case consistent
    /// The node shows fewer entries than were seen.
    case behind
    /// Two checkpoints contradict each other.
    case contradicted
    /// The node told no checkpoint, or none that can be checked.
    case unseen
  }

  public var state: State
  /// The last checkpoint that was cosigned.
  public var entries: Int?
  public var witnessed: Timestamp?
  /// What contradicts what, for people.
  public var alarm: String?

  public init(state: State, entries: Int? = nil, witnessed: Timestamp? = nil, alarm: String? = nil) {
    self.state = state
    self.entries = entries
    self.witnessed = witnessed
    self.alarm = alarm
  }

  public static let unseen = LedgerStanding(state: .unseen)
}
