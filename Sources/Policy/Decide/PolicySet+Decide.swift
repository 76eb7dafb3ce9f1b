public import GateModel

// What a verdict is when rules alone do not say. DESIGN.md, promises G1, G2 and G5:
//
// - A change that nothing gates and for which no rule fires is allowed: unattended-upgrades goes on.
// - A gated change for which no rule fires is `undetermined`: gating says that nobody may pass without a verdict,
//   so a policy that gates gives one, if need be by a rule with `effect: allow`. Such a rule is harmless: the
//   strictest wins, so it never lowers another's verdict.
// - A gated change whose strictest verdict is `allow`, with an effect that could not be resolved, is
//   `undetermined` too: `allow` is said because nothing harmful was found, and here nobody could look. A rule
//   that names such effects (`effects: [{kind: unknown}]`) takes responsibility for them. A stricter verdict
//   stands, because a person or a time decides anyway; so does `shield`, whose drop-ins hold whatever the
//   unresolved part calls.
// - A gated change that only rules allow which could not be evaluated is `undetermined`: a rule that cannot be
//   evaluated fires, and for a rule that allows, firing is no caution.
// - When a policy file is broken, what the readable rest gates or has a rule other than `allow` for is
//   `undetermined`; everything else passes.

extension PolicySet {
  /// Decides about `change`. The strictest rule that fires wins; the order of nothing matters.
  /// The decision shows the rules that could be about the change.
  public func decide(_ facts: Facts) -> Decision {
    decide(facts, looking: ruleIndex.candidates(facts.change, facts.effects), inFull: false)
  }

  /// As ``decide(_:)``, but the decision shows every rule of the set, and the parts of each `when` that was asked.
  public func explain(_ facts: Facts) -> Decision {
    decide(facts, looking: Array(rules.indices), inFull: true)
  }

  /// As ``decide(_:)`` where nothing else is known: rules that need more fire, and say so.
  public func decide(change: Change, effects: [Effect]) -> Decision {
    decide(Facts(change: change, effects: effects))
  }

  /// As ``explain(_:)`` where nothing else is known.
  public func explain(change: Change, effects: [Effect]) -> Decision {
    explain(Facts(change: change, effects: effects))
  }

  private func decide(_ facts: Facts, looking positions: [Int], inFull: Bool) -> Decision {
    let known = ConditionFacts(facts)
    var outcomes: [RuleOutcome] = []
    var fired: [FiredRule] = []
    outcomes.reserveCapacity(positions.count)
    for position in positions {
      let box = boxes[position]
      let evaluation = box.rule.evaluate(facts, known)
      outcomes.append(RuleOutcome(box.rule, evaluation))
      guard evaluation.fired || evaluation.askedCondition else { continue }
      let rule = box.rule
      if inFull, evaluation.askedCondition, let when = rule.when {
        outcomes[outcomes.count - 1].conditions = when.parts(known.activation)
      }
      guard evaluation.fired, rule.enforcement != .advisory else { continue }
      fired.append(FiredRule(rule: rule, facts: facts, evaluation: evaluation, known: known, inFull: inFull))
    }
    var decision = combine(fired)
    decision.rules = outcomes
    decision.gatedBy = policiesGating(facts)
    if let reason = undetermined(decision, fired, facts.effects) { decision.becomeUndetermined(reason) }
    decision.escalations = escalations(of: decision, fired, facts, known)
    return decision
  }

  private func escalations(
    of decision: Decision, _ fired: [FiredRule], _ facts: Facts, _ known: ConditionFacts
  ) -> [EscalationNotice] {
    guard decision.verdict.isHeld else { return [] }
    let notices = escalations.compactMap { $0.notice(facts, known) } + fired.compactMap(\.escalation)
    return notices.sorted { $0.rule < $1.rule }
  }

  private func combine(_ fired: [FiredRule]) -> Decision {
    let verdict = fired.map(\.rule.effect.verdict).max() ?? .allow
    let deciding = fired.filter { $0.rule.effect.verdict == verdict }
    let messages = EffectSummary.distinct(deciding.map(\.message))
    let clearing = EffectSummary.distinct(deciding.compactMap(\.clearsWhen))
    return Decision(
      verdict: verdict, decidedBy: deciding.map(\.rule.id),
      message: messages.isEmpty ? nil : messages.joined(separator: "; "),
      clearsWhen: clearing.isEmpty ? nil : clearing.joined(separator: "; "),
      shieldedUnits: Set(fired.flatMap(\.shieldedUnits)).sorted(),
      approvals: fired.compactMap(\.approvalTerms).sorted { $0.rule < $1.rule },
      isApprovable: !fired.contains { $0.rule.enforcement == .hard && $0.rule.effect.verdict.isHeld })
  }

  private func undetermined(_ decision: Decision, _ fired: [FiredRule], _ effects: [Effect]) -> UndeterminedReason? {
    let isGated = !decision.gatedBy.isEmpty
    if let brokenBy, isGated || decision.verdict != .allow { return .brokenPolicy(brokenBy) }
    guard isGated else { return nil }
    guard !fired.isEmpty else { return .noRule(policies: decision.gatedBy) }
    guard decision.verdict == .allow else { return nil }
    if let failure = fired.first?.evaluation.failure, fired.allSatisfy({ $0.evaluation.failure != nil }) {
      return .notEvaluated(failure)
    }
    let unexplained = effects.first { effect in
      effect.isUnresolved && !fired.contains { $0.names(effect) }
    }
    return unexplained.map(UndeterminedReason.unresolved)
  }
}

extension RuleOutcome {
  fileprivate init(_ rule: PolicyRule, _ evaluation: RuleEvaluation) {
    let reason = evaluation.reason()
    self.init(
      rule: rule.id, verdict: rule.effect.verdict, fired: evaluation.fired,
      reason: rule.enforcement == .advisory && evaluation.fired ? "advisory only: \(reason)" : reason)
  }
}
