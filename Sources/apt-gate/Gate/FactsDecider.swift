import GateEngine
import GateModel
import Glibc
import Policy

/// Decides by policies on every fact that is collected on this node.
struct FactsDecider: ChangeDecider {
  let policies: PolicySet
  let node: NodeFacts?
  /// The moment of the check, the same for all its changes.
  var now: Timestamp
  /// What the node remembers of versions and restarts.
  var memory = NodeMemory()
  /// Whether decisions show what each rule said.
  var isExplaining = false
  /// nil where the network is nobody's business.
  var network: NetworkFactsSource?
  /// Whether the facts are for others: then all are collected, whatever the policies read.
  var isCapturing = false

  /// What no command collects yet. A rule that needs one of them fires for what it matches, and says so.
  static let notCollected = ["fleet", "node.groups", "node.labels"].map { UnknownFact($0) }

  func decision(on change: Change, effects: [Effect]) -> Decision {
    let facts = facts(change, effects)
    return isExplaining ? policies.explain(facts) : policies.decide(facts)
  }

  func facts(_ change: Change, _ effects: [Effect]) -> Facts {
    var facts = Facts(change: change, effects: effects, node: node, now: now).remembering(memory)
    if isCapturing || policies.asksForNetwork(facts) { facts.network = network?.facts(for: change) }
    return facts
  }
}

extension Timestamp {
  static var now: Timestamp { Timestamp(secondsSinceEpoch: Int64(time(nil))) }
}

extension PolicySet {
  static var empty: PolicySet { load([]).set }

  /// Whether a policy reads which groups or labels the node has. As long as they are not collected, such a set gets
  /// no facts of the node at all: a node that is in no group known would slip through a rule for its group.
  var asksForGroups: Bool {
    let matches = rules.flatMap { [$0.match] + $0.except } + documents.flatMap(\.gated)
    return matches.contains { !$0.groups.isEmpty }
      || rules.contains { $0.when.map { $0.text.contains("groups") || $0.text.contains("labels") } ?? false }
  }
}

extension Facts {
  /// The facts as `policies` may see them. Facts that this version recorded have a node without groups and labels,
  /// which means that nobody asked, not that there are none.
  func seen(by policies: PolicySet) -> Facts {
    guard policies.asksForGroups, let node, node.groups.isEmpty, node.labels.isEmpty else { return self }
    var facts = self
    facts.node = nil
    return facts
  }
}

extension Decision {
  /// Whether a rule that decided it fired because something it needs is not known.
  var restsOnAssumption: Bool {
    rules.contains { $0.isAssumed && decidedBy.contains($0.rule) }
  }
}
