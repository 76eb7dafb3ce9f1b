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
// - When a policy file is broken, what the readable rest gates or has a rule other than `allow` for is
//   `undetermined`; everything else passes.

extension PolicySet {
  /// Decides about `change`. The strictest rule that fires wins; the order of nothing matters.
  /// The decision shows the rules that could be about the change.
  public func decide(change: Change, effects: [Effect]) -> Decision {
    decide(change, effects, looking: ruleIndex.candidates(change, effects))
  }

  /// As ``decide(change:effects:)``, but the decision shows every rule of the set.
  public func explain(change: Change, effects: [Effect]) -> Decision {
    decide(change, effects, looking: Array(rules.indices))
  }

  private func decide(_ change: Change, _ effects: [Effect], looking positions: [Int]) -> Decision {
    var outcomes: [RuleOutcome] = []
    var fired: [FiredRule] = []
    for rule in positions.map({ rules[$0] }) {
      let evaluation = rule.match.evaluate(change, effects)
      outcomes.append(RuleOutcome(rule, evaluation))
      guard evaluation.matched, rule.enforcement != .advisory else { continue }
      let matched = evaluation.effects.map { effects[$0] }
      fired.append(FiredRule(rule: rule, change: change, matched: matched, effects: effects))
    }
    var decision = combine(fired)
    decision.rules = outcomes
    decision.gatedBy = policiesGating(change, effects: effects)
    if let reason = undetermined(decision, fired, effects) { decision.becomeUndetermined(reason) }
    return decision
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
      approvalsNeeded: fired.map(\.approvalsNeeded).max() ?? 1)
  }

  private func undetermined(_ decision: Decision, _ fired: [FiredRule], _ effects: [Effect]) -> UndeterminedReason? {
    let isGated = !decision.gatedBy.isEmpty
    if let brokenBy, isGated || decision.verdict != .allow { return .brokenPolicy(brokenBy) }
    guard isGated else { return nil }
    guard !fired.isEmpty else { return .noRule(policies: decision.gatedBy) }
    guard decision.verdict == .allow else { return nil }
    let unexplained = effects.first { effect in
      effect.isUnresolved && !fired.contains { $0.names(effect) }
    }
    return unexplained.map(UndeterminedReason.unresolved)
  }
}

/// Why there is no verdict.
private enum UndeterminedReason {
  case brokenPolicy(PolicyDiagnostic)
  case noRule(policies: [String])
  case unresolved(Effect)

  var message: String {
    switch self {
    case .brokenPolicy(let diagnostic):
      "a policy is broken: \(diagnostic.file):\(diagnostic.position.line): \(diagnostic.message)"
    case .noRule(let policies):
      "gated by policy \(policies.map { "`\($0)`" }.joined(separator: ", ")), but no rule gives a verdict"
    case .unresolved(let effect): "what it would do could not be worked out: \(Self.place(of: effect))"
    }
  }

  var clearsWhen: String {
    switch self {
    case .brokenPolicy: "the policy is mended: `apt-gate policy check` shows what is wrong"
    case .noRule: "a rule is added that gives a verdict, `effect: allow` among them"
    case .unresolved: "a person has read the script and approves it, or a rule names `kind: unknown`"
    }
  }

  private static func place(of effect: Effect) -> String {
    let line = effect.evidence.line.map { ", line \($0)" } ?? ""
    let text = effect.evidence.text.map { ": \($0)" } ?? ""
    return DisplayText.line(effect.evidence.file + line + text)
  }
}

extension Decision {
  fileprivate mutating func becomeUndetermined(_ reason: UndeterminedReason) {
    verdict = .undetermined
    message = reason.message
    clearsWhen = reason.clearsWhen
  }
}

extension RuleOutcome {
  fileprivate init(_ rule: PolicyRule, _ evaluation: MatchEvaluation) {
    let reason = evaluation.reason()
    self.init(
      rule: rule.id, verdict: rule.effect.verdict, fired: evaluation.matched,
      reason: rule.enforcement == .advisory && evaluation.matched ? "advisory only: \(reason)" : reason)
  }
}
