import GateModel
import Policy

/// What a set of policies decides on each of the given facts, with every rule's outcome.
struct PolicyResults {
  /// Strictest verdict first, then by source.
  var results: [AssessedChange]
  /// Whether a policy could not be read: then no verdict is sure, whatever it says.
  var isPolicyBroken: Bool

  init(_ policies: PolicySet, on facts: [Facts]) {
    isPolicyBroken = policies.brokenBy != nil
    results = facts.map { AssessedChange(change: $0.change, effects: $0.effects, decision: policies.explain($0)) }
      .sorted { left, right in
        left.decision.verdict == right.decision.verdict
          ? left.change.source < right.change.source : left.decision.verdict > right.decision.verdict
      }
  }

  var status: ExitStatus {
    isPolicyBroken
      ? .undetermined : ExitStatus(strictest: results.map(\.decision.verdict).max() ?? .allow)
  }
}
