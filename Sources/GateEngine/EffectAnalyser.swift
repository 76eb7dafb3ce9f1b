public import GateModel
public import PackageAnalysis

/// Works out what a change would do to the node.
public protocol EffectAnalyser {
  /// What applying `change` does; throws if nothing at all can be said.
  func analysis(of change: Change) throws -> ChangeAnalysis
}

/// What was found out about one change.
public struct ChangeAnalysis: Sendable, Hashable {
  /// In the order in which they were found, without repeats.
  public var effects: [Effect]
  /// Every call of a tool that matters, in the order in which they were found.
  public var calls: [ScriptCall]
  /// The weakest basis among the change's packages: what a reader may take for granted.
  public var basis: EvidenceBasis

  public init(effects: [Effect], calls: [ScriptCall] = [], basis: EvidenceBasis) {
    self.effects = effects
    self.calls = calls
    self.basis = basis
  }
}
