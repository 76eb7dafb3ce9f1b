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
// - apt-gate itself is never held, and never gated, whatever the rules say: what mends the gate must reach the node.

extension PolicySet {
  /// The source package of apt-gate.
  static let itself = "apt-gate"

  /// Decides about `change`. The strictest rule that fires wins; the order of nothing matters.
  /// The decision shows the rules that fired.
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
    for position in positions {
      let rule = rules[position]
      let evaluation = rule.evaluate(facts, known)
      if inFull || evaluation.fired { outcomes.append(rule.outcome(evaluation, known, inFull: inFull)) }
      guard evaluation.fired, rule.enforcement != .advisory else { continue }
      fired.append(FiredRule(rule: rule, evaluation: evaluation, known: known, inFull: inFull))
    }
    var decision = combine(fired)
    decision.rules = outcomes
    decision.gatedBy = policiesGating(facts)
    if let reason = undetermined(decision, fired, facts.effects) { decision.becomeUndetermined(reason) }
    if facts.change.source == Self.itself { decision.neverHeld() }
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
    let verdict = fired.reduce(.allow) { max($0, $1.rule.effect.verdict) }
    let deciding = fired.filter { $0.rule.effect.verdict == verdict }
    let messages = EffectSummary.distinct(deciding.map(\.message))
    let clearing = EffectSummary.distinct(deciding.compactMap(\.clearsWhen))
    return Decision(
      verdict: verdict, decidedBy: deciding.map { $0.rule.id },
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

extension Decision {
  fileprivate mutating func neverHeld() {
    gatedBy = []
    guard verdict.isHeld else { return }
    let rules = decidedBy.isEmpty ? "" : ", not by \(decidedBy.map { "`\($0)`" }.joined(separator: ", "))"
    self = Decision(
      verdict: .allow, decidedBy: [], message: "apt-gate itself is never held\(rules)", clearsWhen: nil,
      rules: self.rules)
  }
}

extension PolicyRule {
  fileprivate func outcome(_ evaluation: RuleEvaluation, _ known: ConditionFacts, inFull: Bool) -> RuleOutcome {
    let reason = reason(evaluation, known.facts)
    let isShown = inFull && evaluation.askedCondition
    return RuleOutcome(
      rule: id, verdict: effect.verdict, fired: evaluation.fired,
      reason: enforcement == .advisory && evaluation.fired ? "advisory only: \(reason)" : reason,
      isAssumed: evaluation.failure != nil,
      conditions: isShown ? when?.parts(known.activation) ?? [] : [])
  }
}
