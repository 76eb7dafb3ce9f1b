public import GateModel

/// What a change would do to the node, and what that rests on.
public struct ChangeReport: Sendable, Hashable {
  /// In the order in which they were found, without repeats; where several lines do the same, the first certain one.
  public var effects: [Effect]
  /// Every call of a tool that matters, queries among them, without repeats.
  public var calls: [ScriptCall]
  /// What each binary package's analysis rests on, in the order of the change's binaries.
  public var bases: [BinaryBasis]
  /// What a person should know besides: what was repaired while reading, units that go away.
  public var warnings: [String]
  /// What the new versions fix; nil where no changelog was at hand.
  public var changelog: ChangelogSummary?

  public init(
    effects: [Effect] = [], calls: [ScriptCall] = [], bases: [BinaryBasis] = [], warnings: [String] = []
  ) {
    self.effects = effects
    self.calls = calls
    self.bases = bases
    self.warnings = warnings
  }

  /// How many things could not be resolved.
  public var unresolvedCount: Int { effects.count { $0.kind == .unknown } }
}

/// What one binary package's analysis rests on.
public struct BinaryBasis: Sendable, Hashable {
  public var name: String
  public var architecture: String
  /// `.unknown` if neither the candidate nor an installed version was at hand.
  public var basis: EvidenceBasis

  public init(name: String, architecture: String, basis: EvidenceBasis) {
    self.name = name
    self.architecture = architecture
    self.basis = basis
  }
}
