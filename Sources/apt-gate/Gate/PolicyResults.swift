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
    results = facts.map { facts in
      AssessedChange(
        change: facts.change, effects: facts.effects, decision: policies.explain(facts.seen(by: policies)))
    }
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
