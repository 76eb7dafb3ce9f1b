public import GateModel

/// One node as its coordinator knows it: what it told, and how its ledger stands with the witness.
public struct FleetNodeHistory: Sendable, Hashable, Codable {
  public var node: String
  /// When it checked in last.
  public var seen: Timestamp
  public var ledger: Ledger
  /// nil: it has told none.
  public var history: NodeHistory?

  public init(node: String, seen: Timestamp, ledger: Ledger, history: NodeHistory? = nil) {
    self.node = node
    self.seen = seen
    self.ledger = ledger
    self.history = history
  }

  /// What the witness says of the node's ledger.
  public struct Ledger: Sendable, Hashable, Codable {
    /// `consistent`, `behind`, `contradicted`, `unseen`; another word is one of a later coordinator.
    public var state: String
    /// Entries under the last checkpoint that was countersigned.
    public var entries: Int?
    public var witnessed: Timestamp?
    /// What contradicts what, for people.
    public var alarm: String?

    public init(state: String, entries: Int? = nil, witnessed: Timestamp? = nil, alarm: String? = nil) {
      self.state = state
      self.entries = entries
      self.witnessed = witnessed
      self.alarm = alarm
    }
  }
}
