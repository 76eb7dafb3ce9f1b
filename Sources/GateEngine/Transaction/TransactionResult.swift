/// What came of a transaction that dpkg was let go with.
public struct TransactionResult: Sendable, Hashable {
  /// Who saw that dpkg was done.
  public enum End: String, Sendable, Hashable, CaseIterable {
    /// apt called `post-install`.
    case finished
    /// apt was killed or vanished; the guard, the next hook or the boot saw to the rest.
    case interrupted
  }

  public var end: End
  /// Objects of the network that were missing after dpkg.
  public var lost: Int
  /// How many of them are there again.
  public var restored: Int
  /// Probes that failed, by name.
  public var failedProbes: [String]
  /// Steps that failed, in one line each.
  public var problems: [String]

  public init(
    end: End = .finished, lost: Int = 0, restored: Int = 0, failedProbes: [String] = [], problems: [String] = []
  ) {
    self.end = end
    self.lost = lost
    self.restored = restored
    self.failedProbes = failedProbes
    self.problems = problems
  }

  /// Whether the node is as it was, and everything that had to be done is.
  public var isGood: Bool { end == .finished && lost <= restored && failedProbes.isEmpty && problems.isEmpty }
}
