public import GateModel

/// What a check found: every pending change with its verdict, and what apt leaves.
public struct CheckReport: Sendable, Hashable {
  /// Strictest verdict first, then by source.
  public var changes: [CheckedChange]
  public var keptBack: [KeptBackPackage]
  /// What apt warned of, in apt's words.
  public var warnings: [String]
  /// Names that were asked for and are known, but have nothing pending.
  public var nothingPending: [String]
  /// What the decisions had to do without.
  public var unknownFacts: [UnknownFact]

  public init(
    changes: [CheckedChange], keptBack: [KeptBackPackage] = [], warnings: [String] = [],
    nothingPending: [String] = [], unknownFacts: [UnknownFact] = []
  ) {
    self.changes = changes.sorted(by: Self.comesFirst)
    self.keptBack = keptBack
    self.warnings = warnings
    self.nothingPending = nothingPending
    self.unknownFacts = unknownFacts
  }

  public var summary: CheckSummary { CheckSummary(of: self) }

  private static func comesFirst(_ left: CheckedChange, _ right: CheckedChange) -> Bool {
    if left.verdict != right.verdict { return left.verdict > right.verdict }
    return left.change.source < right.change.source
  }
}
