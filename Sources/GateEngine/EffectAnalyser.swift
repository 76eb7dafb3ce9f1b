public import GateModel
public import PackageAnalysis

/// Works out what a change would do to the node.
public protocol EffectAnalyser {
  /// What applying `change` does; throws if nothing at all can be said.
  func analysis(of change: Change) throws -> ChangeReport
}

extension ChangeAnalyser: EffectAnalyser {
  public func analysis(of change: Change) -> ChangeReport { analyse(change) }
}

extension ChangeReport {
  /// The weakest basis among the change's packages: what a reader may take for granted of all of them.
  public var weakestBasis: EvidenceBasis {
    let order: [EvidenceBasis] = [.unknown, .installed, .candidate]
    return order.first { basis in bases.contains { $0.basis == basis } } ?? .unknown
  }
}
