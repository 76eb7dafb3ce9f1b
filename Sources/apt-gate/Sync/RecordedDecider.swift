import GateEngine
import GateModel
import Policy

/// Decides with what the ledger knows: since when a version has been known and held, and who approved it.
struct RecordedDecider: ChangeDecider {
  var base: FactsDecider
  var firstSeen: [Pin: Timestamp]
  var heldSince: [Pin: Timestamp]
  var approvals: [Pin: Set<String>]

  func decision(on change: Change, effects: [Effect]) -> Decision {
    var facts = base.facts(change, effects)
    if let target = change.target {
      facts.firstSeen = firstSeen[target]
      facts.heldSince = heldSince[target]
    }
    let decision = base.policies.decide(facts)
    guard base.policies.brokenBy == nil, let people = change.target.flatMap({ approvals[$0] }) else { return decision }
    return decision.approved(by: people, isMember: Person.isMember)
  }
}
