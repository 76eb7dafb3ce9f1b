import GateEngine
import GateModel
import Policy

/// Decides with what the ledger knows: since when a version has been known and held, and who approved it.
struct RecordedDecider: ChangeDecider {
  var base: FactsDecider
  var approvals: [Approval]
  var policyDigest: String
  /// Asked for when versions were first seen, where that is not in the base's memory.
  var recall: LedgerRecall?

  func decision(on change: Change, effects: [Effect]) -> Decision {
    let decision = remembering(change).decision(on: change, effects: effects)
    return decision.applying(
      approvals, to: change, policyDigest: policyDigest, now: base.now,
      teams: Person.teams(of: decision, among: approvals)
    ).decision
  }

  func facts(_ change: Change, _ effects: [Effect]) -> Facts { remembering(change).facts(change, effects) }

  private func remembering(_ change: Change) -> FactsDecider {
    var base = base
    let version = NodeMemory.Version(source: change.source, version: change.to)
    if let time = recall?.firstSeen(change) { base.memory.firstSeen[version] = time }
    return base
  }
}

extension Person {
  /// The teams that rules of `decision` name, each as the node's group of that name, with those who approved.
  static func teams(of decision: Decision, among approvals: [Approval]) -> [String: Set<String>] {
    let people = approvals.reduce(into: Set<String>()) { $0.formUnion($1.approvers) }
    let names = Set(decision.approvals.flatMap(\.from).filter { $0.hasPrefix("@") })
    return Dictionary(
      uniqueKeysWithValues: names.map { name in
        (name, people.filter { isMember($0, String(name.dropFirst())) })
      })
  }
}
