import AptSystem
import GateEngine
import GateModel
import PackageAnalysis
import Policy

/// Verdicts on a transaction as apt tells of it, with the real .debs.
struct HookAssessment {
  let transaction: HookTransaction
  let decider: any ChangeDecider

  /// What can be said by the packages' names alone: their effects count as unknown.
  func foreseen(_ changes: [Change]) -> [CheckedChange] { changes.map { checked($0, .unread(of: $0)) } }

  /// Every change with its effects and verdict.
  ///
  /// A change that cannot be analysed has effects that are not known, and the policies say what that means: nothing for
  /// one that no policy gates (G2).
  func checked(_ changes: [Change], by analyser: any EffectAnalyser) -> [CheckedChange] {
    changes.map { change in
      do {
        return checked(change, try analyser.analysis(of: change))
      } catch {
        return checked(change, .unread(of: change, because: "\(error)"))
      }
    }
  }

  private func checked(_ change: Change, _ report: ChangeReport) -> CheckedChange {
    let decision: Decision
    do {
      decision = try decider.decision(on: change, effects: report.effects)
    } catch {
      decision = Decision(
        verdict: .undetermined, decidedBy: [], message: "the policies could not decide: \(error)",
        clearsWhen: "the policies are mended")
    }
    return CheckedChange(
      assessed: AssessedChange(change: change, effects: report.effects, decision: decision),
      basis: report.weakestBasis, calls: report.calls, notes: report.warnings, changelog: report.changelog)
  }
}

extension ChangeReport {
  /// Of a change that nobody has looked into.
  fileprivate static func unread(of change: Change, because reason: String = "it was not looked into") -> ChangeReport {
    let package = change.binaries.first?.name ?? change.source
    let effect = Effect(
      kind: .unknown, certainty: .possible, evidence: Evidence(basis: .unknown, file: package, text: reason),
      package: package, detail: reason)
    return ChangeReport(effects: [effect])
  }
}
