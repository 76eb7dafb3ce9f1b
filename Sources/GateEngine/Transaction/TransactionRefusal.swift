import GateModel

/// Why dpkg gets nothing of a transaction, and because of which changes.
public struct TransactionRefusal: Sendable, Hashable {
  public enum Reason: Sendable, Hashable {
    /// The changes' own verdicts hold them.
    case held
    /// Something of what apt is about to do could not be understood; each problem in one line.
    case unreadable([String])
    /// A time limit would end dpkg in the middle.
    case timeLimit(String)
    /// The verdicts could not be written.
    case notRecorded(String)
    /// The state of the network before could not be kept.
    case noSnapshot(String)
    /// Units that a verdict wants shielded cannot be.
    case notShielded(String)
    /// Nothing would watch the network.
    case notGuarded(String)
    /// It took longer than the hook may.
    case late(Duration)
  }

  public var reason: Reason
  /// The changes that may not go ahead; the others of the transaction are refused with them.
  public var changes: [CheckedChange]

  public init(_ reason: Reason, changes: [CheckedChange]) {
    self.reason = reason
    self.changes = changes
  }
}
