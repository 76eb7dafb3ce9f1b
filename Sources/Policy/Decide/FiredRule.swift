internal import Documents
internal import GateModel

/// A rule that fired for a change, with the effects that it is about.
struct FiredRule {
  var rule: PolicyRule
  var evaluation: RuleEvaluation
  var known: ConditionFacts
  /// Whether a condition's end is worth looking for though the rule does not wait for a time.
  var inFull: Bool

  private var facts: Facts { known.facts }
  private var change: Change { facts.change }
  private var matched: [Effect] { evaluation.matched.map { facts.effects[$0] } }
  private var shownEffects: [Effect] { rule.match.effects.isEmpty ? facts.effects : matched }

  /// The rule's message; a rule that fires because something is not known says so.
  var message: String {
    let message = rule.message.rendered(change, shownEffects, known)
    return evaluation.failure.map { "\(message) (assumed, because \($0))" } ?? message
  }

  /// The units that the rule wants shielded, if it does.
  var shieldedUnits: [String] {
    guard case .shield(let units) = rule.effect else { return [] }
    return units.isEmpty ? matched.compactMap(\.unit) : units
  }

  /// Who must approve for this rule, if it waits for that.
  var approvalTerms: ApprovalTerms? {
    guard case .approve(let count, let from) = rule.effect else { return nil }
    return ApprovalTerms(rule: rule.id, count: count, from: from)
  }

  /// Says that the hold has lasted longer than the rule allows.
  var escalation: EscalationNotice? {
    guard case .hold(let maximum?, let people) = rule.effect, let now = facts.now, let since = facts.heldSince,
      now.duration(since: since) >= maximum
    else { return nil }
    let held = DurationText.text(now.duration(since: since))
    let message = "held for \(held); rule `\(rule.id)` allows \(DurationText.text(maximum))"
    return EscalationNotice(rule: rule.id, message: message, to: people)
  }

  /// Whether the rule's own match names `effect` by its kind.
  func names(_ effect: Effect) -> Bool {
    rule.match.effects.contains { !$0.kinds.isEmpty && $0.matches(effect) }
  }

  /// Who or what clears the rule; nil if there is nothing to clear.
  var clearsWhen: String? {
    if let clears = rule.clears { return clears.rendered(change, shownEffects, known) }
    guard rule.enforcement != .hard else { return hardClearing }
    let time = until.map { [$0.text] } ?? conditions
    switch rule.effect {
    case .allow: return nil
    case .shield: return "the restart of \(unitList) is owed until `apt-gate restart` or a reboot"
    case .defer: return either((time.isEmpty ? ["when the rule no longer applies"] : time) + [approval])
    case .stage(let soak): return either([turn(soak)] + time + [approval])
    case .approve(let count, let from): return either([approval(count, from)] + time)
    case .hold: return either(["a newer version", "another policy"] + time + [approval])
    }
  }

  /// When the rule stops firing by itself: by its time terms or its condition, whichever is sooner. The end of a
  /// condition takes many evaluations to find, so it is looked for where a person waits for it.
  private var until: ClearingTime? {
    let asks = evaluation.failure == nil && (inFull || rule.effect.verdict == .defer)
    let times = [evaluation.until, asks ? rule.when?.end(known) : nil].compactMap(\.self)
    return times.min { $0.moment < $1.moment }
  }

  /// What must become otherwise for the rule's condition to end.
  private var conditions: [String] {
    guard let when = rule.when, evaluation.failure == nil else { return [] }
    let parts = when.conjuncts.map { "`\($0)`" }
    let one = parts.count == 1 ? parts.joined() : "one of " + parts.joined(separator: ", ")
    return ["when \(one) no longer holds"]
  }

  private func turn(_ soak: Duration?) -> String {
    let turn = "its turn in a rollout"
    return soak.map { "\(turn) whose rings each stay healthy for \(DurationText.text($0))" } ?? turn
  }

  private func approval(_ count: Int, _ from: [String]) -> String {
    let people = from.isEmpty ? "" : " of \(from.joined(separator: ", "))"
    return count == 1 && from.isEmpty ? approval : "\(count)\(people.isEmpty ? " people" : people): \(approval)"
  }

  private func either(_ ways: [String]) -> String { ways.joined(separator: ", or ") }

  private var hardClearing: String? {
    guard rule.effect.verdict.isHeld else { return nil }
    let time = (until.map { [$0.text] } ?? conditions).first.map { ", or \($0)" } ?? ""
    return "a newer version or another policy\(time); no approval clears it"
  }

  private var approval: String { "`apt-gate approve \(DisplayText.line(change.source))`" }
  private var unitList: String { shieldedUnits.isEmpty ? "its units" : shieldedUnits.joined(separator: ", ") }
}
