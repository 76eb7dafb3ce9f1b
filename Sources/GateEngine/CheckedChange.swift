public import GateModel
public import PackageAnalysis

/// One change as a check leaves it: decided, with what the decision rests on.
public struct CheckedChange: Sendable, Hashable {
  public var assessed: AssessedChange
  /// The weakest basis among the change's packages.
  public var basis: EvidenceBasis
  /// Every call of a tool that matters, as the maintainer scripts make it.
  public var calls: [ScriptCall]
  /// What a person should know besides, such as units that go away.
  public var notes: [String]
  /// What it fixes by its changelog; nil where none was at hand.
  public var changelog: ChangelogSummary?

  public init(
    assessed: AssessedChange, basis: EvidenceBasis, calls: [ScriptCall] = [], notes: [String] = [],
    changelog: ChangelogSummary? = nil
  ) {
    self.assessed = assessed
    self.basis = basis
    self.calls = calls
    self.notes = notes
    self.changelog = changelog
  }

  public var change: Change { assessed.change }
  public var effects: [Effect] { assessed.effects }
  public var decision: Decision { assessed.decision }
  public var verdict: Verdict { assessed.decision.verdict }

  /// Whether a policy says that it must not pass without a verdict, or a rule gave it one that is not `allow`.
  public var isGated: Bool { !decision.gatedBy.isEmpty || verdict != .allow }
}
