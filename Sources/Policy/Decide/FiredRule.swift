internal import GateModel

/// A rule that fired for a change, with the effects that it is about.
struct FiredRule {
  var rule: PolicyRule
  var change: Change
  /// The effects that the rule matched; empty if it does not match effects.
  var matched: [Effect]
  /// All effects of the change.
  var effects: [Effect]

  private var shownEffects: [Effect] { rule.match.effects.isEmpty ? effects : matched }

  var message: String { rule.message.rendered(change, shownEffects) }

  /// The units that the rule wants shielded, if it does.
  var shieldedUnits: [String] {
    guard case .shield(let units) = rule.effect else { return [] }
    return units.isEmpty ? matched.compactMap(\.unit) : units
  }

  /// How many people must approve for this rule.
  var approvalsNeeded: Int {
    if case .approve(let count) = rule.effect { count } else { 1 }
  }

  /// Whether the rule's own match names `effect` by its kind.
  func names(_ effect: Effect) -> Bool {
    rule.match.effects.contains { !$0.kinds.isEmpty && $0.matches(effect) }
  }

  /// Who or what clears the rule; nil if there is nothing to clear.
  var clearsWhen: String? {
    if let clears = rule.clears { return clears.rendered(change, shownEffects) }
    guard rule.enforcement != .hard else { return hardClearing }
    switch rule.effect {
    case .allow: return nil
    case .shield: return "the restart of \(unitList) is owed until `apt-gate restart` or a reboot"
    case .defer: return "when the rule no longer applies, or \(approval)"
    case .stage: return "its turn in a rollout, or \(approval)"
    case .approve(let count): return count == 1 ? approval : "\(count) people: \(approval)"
    case .hold: return "a newer version, another policy, or \(approval)"
    }
  }

  private var hardClearing: String? {
    rule.effect.verdict.isHeld ? "a newer version or another policy; no approval clears it" : nil
  }

  private var approval: String { "`apt-gate approve \(DisplayText.line(change.source))`" }
  private var unitList: String { shieldedUnits.isEmpty ? "its units" : shieldedUnits.joined(separator: ", ") }
}
