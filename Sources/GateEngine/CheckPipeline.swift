public import GateModel
import PackageAnalysis

/// Collects the pending changes, analyses each and decides on it.
///
/// One change that cannot be analysed or decided never ends the run (G5): it gets an `unknown` effect and
/// the verdict `undetermined`, and the others go on.
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
    changes.enumerated().map { index, change in
      progress(.analysing(source: change.source, number: index + 1, of: changes.count))
      return check(change)
    }
  }

  private func check(_ change: Change) -> CheckedChange {
    do {
      let analysis = try analyser.analysis(of: change)
      return CheckedChange(
        assessed: AssessedChange(
          change: change, effects: analysis.effects, decision: decide(on: change, effects: analysis.effects)),
        basis: analysis.weakestBasis, calls: analysis.calls, notes: analysis.warnings, changelog: analysis.changelog)
    } catch {
      return .failedAnalysis(of: change, because: error)
    }
  }

  private func decide(on change: Change, effects: [Effect]) -> Decision {
    do {
      return try decider.decision(on: change, effects: effects)
    } catch {
      return Decision(
        verdict: .undetermined, decidedBy: [], message: "the policies could not decide: \(error)",
        clearsWhen: "the policies are mended")
    }
  }
}

extension CheckedChange {
  /// A change of which nothing could be found out.
  static func failedAnalysis(of change: Change, because error: any Error) -> CheckedChange {
    let package = change.binaries.first?.name ?? change.source
    let effect = Effect(
      kind: .unknown, certainty: .possible,
      evidence: Evidence(basis: .unknown, file: package, text: "\(error)"), package: package,
      detail: "the update could not be analysed")
    let decision = Decision(
      verdict: .undetermined, decidedBy: [], message: "the update could not be analysed: \(error)",
      clearsWhen: "its package can be read")
    return CheckedChange(
      assessed: AssessedChange(change: change, effects: [effect], decision: decision), basis: .unknown)
  }
}
