public import GateModel
import PackageAnalysis

/// Collects the pending changes, analyses each and decides on it.
///
/// One change that cannot be analysed or decided never ends the run (G5): see ``ChangeAssessor``.
public struct CheckPipeline {
  private let source: any PendingChangesSource
  private let names: any PackageNameSource
  private let analyser: any EffectAnalyser
  private let decider: any ChangeDecider

  public init(
    source: any PendingChangesSource, names: any PackageNameSource, analyser: any EffectAnalyser,
    decider: any ChangeDecider
  ) {
    self.source = source
    self.names = names
    self.analyser = analyser
    self.decider = decider
  }

  /// Checks the changes that `selection` means.
  ///
  /// Throws what the source throws, and ``GateEngineError`` for a name that the package lists do not know.
  public func run(
    _ selection: PackageSelection = .everything, progress: (CheckProgress) -> Void = { _ in }
  ) throws -> CheckReport {
    progress(.collecting)
    let (pending, nothingPending) = try selection.narrow(source.pending(), names: names.packageNames)
    return CheckReport(
      changes: check(pending.changes, progress: progress), keptBack: pending.keptBack, warnings: pending.warnings,
      nothingPending: nothingPending)
  }

  /// Analyses `changes` and decides on each.
  public func check(_ changes: [Change], progress: (CheckProgress) -> Void = { _ in }) -> [CheckedChange] {
    let assessor = ChangeAssessor(analyser: analyser, decider: decider)
    return changes.enumerated().map { index, change in
      progress(.analysing(source: change.source, number: index + 1, of: changes.count))
      return assessor.assess(change)
    }
  }
}
