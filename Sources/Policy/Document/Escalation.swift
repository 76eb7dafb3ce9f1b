public import Documents
internal import GateModel

/// Says loudly that something has been held for too long. It never changes a verdict.
public struct Escalation: Sendable, Hashable {
  /// Unique among the rules and escalations of a set.
  public var id: String
  public var match: ChangeMatch
  /// How long a version may be held.
  public var after: Duration
  /// People or teams who must see to it.
  public var to: [String]
  public var message: MessageTemplate
  public var position: DocumentPosition
  public var file: String
}

extension Escalation {
  /// What there is to say about a held change; nil while the hold is young, or if it is not known how old.
  func notice(_ facts: Facts, _ known: ConditionFacts) -> EscalationNotice? {
    guard let now = facts.now, let since = facts.heldSince, now.duration(since: since) >= after,
      match.evaluate(facts).matched
    else { return nil }
    let held = "held for \(DurationText.text(now.duration(since: since)))"
    let message = "\(held): \(message.rendered(facts.change, facts.effects, known))"
    return EscalationNotice(rule: id, message: message, to: to)
  }
}

extension PolicyReader {
  /// An entry of `escalations:`.
  func escalation(_ node: YamlNode) -> Escalation? {
    let keys = ["id", "match", "after", "to", "message"]
    guard let reader = MappingReader(node, "an escalation", keys: keys, self) else { return nil }
    let id = reader.required("id").flatMap { identifier($0, "`id`") }
    let match = reader.required("match").flatMap { self.match($0, "a match") }
    let after = reader.required("after").flatMap { duration($0, "`after`") }
    let to = reader.required("to").map(people)
    let message = reader.required("message").flatMap { self.message($0, "`message`") }
    guard let id, let match, let after, let to, let message else { return nil }
    return Escalation(
      id: id, match: match, after: after, to: to, message: message, position: reader.position, file: source.name)
  }

  /// Names of people or, with `@`, of teams; sorted, without repeats.
  func people(_ node: YamlNode) -> [String] {
    Set(items(node, "a person or team").compactMap { line($0, "a person or team") }).sorted()
  }
}
