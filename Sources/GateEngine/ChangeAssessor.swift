public import GateModel
import PackageAnalysis

/// Analyses a change and decides on it, alike for everybody who asks: `check`, `sync` and the hook.
///
/// A change that cannot be analysed has an effect that is not known, and the policies say what that means: the verdict
/// `undetermined` for what they gate, nothing for what they do not (G2, G5).
public struct ChangeAssessor {
  private let analyser: any EffectAnalyser
  private let decider: any ChangeDecider

  public init(analyser: any EffectAnalyser, decider: any ChangeDecider) {
    self.analyser = analyser
    self.decider = decider
  }

  /// The change with its effects and verdict.
  public func assess(_ change: Change) -> CheckedChange {
    do {
      return decided(change, try analyser.analysis(of: change))
    } catch {
      return decided(change, .unread(change, because: "the update could not be analysed", text: "\(error)"))
    }
  }

  private func decided(_ change: Change, _ report: ChangeReport) -> CheckedChange {
    CheckedChange(
      assessed: AssessedChange(
        change: change, effects: report.effects, decision: decider.decisionAlways(on: change, effects: report.effects)),
      basis: report.weakestBasis, calls: report.calls, notes: report.warnings, changelog: report.changelog)
  }
}

extension ChangeDecider {
  /// What can be said of a change by its packages' names alone: its effects count as unknown.
  public func foresee(_ change: Change) -> CheckedChange {
    let report = ChangeReport.unread(change, because: "it was not looked into", text: nil)
    return CheckedChange(
      assessed: AssessedChange(
        change: change, effects: report.effects, decision: decisionAlways(on: change, effects: report.effects)),
      basis: .unknown)
  }

  /// A decision, whatever happens.
  fileprivate func decisionAlways(on change: Change, effects: [Effect]) -> Decision {
    do {
      return try decision(on: change, effects: effects)
    } catch {
      return Decision(
        verdict: .undetermined, decidedBy: [], message: "the policies could not decide: \(error)",
        clearsWhen: "the policies are mended")
    }
  }
}

extension ChangeReport {
  /// Of a change that nobody could look into.
  fileprivate static func unread(_ change: Change, because reason: String, text: String?) -> ChangeReport {
    let package = change.binaries.first?.name ?? change.source
    let effect = Effect(
      kind: .unknown, certainty: .possible,
      evidence: Evidence(basis: .unknown, file: package, text: text ?? reason), package: package, detail: reason)
    return ChangeReport(effects: [effect])
  }
}
