public import Documents
internal import GateModel
internal import TimeWindows

extension PolicySet {
  /// As ``load(_:context:)``, with warnings about rules that may not do what was meant.
  public static func check(_ sources: [DocumentSource], context: PolicyContext = PolicyContext()) -> PolicyLoad {
    var load = load(sources, context: context)
    load.diagnostics += load.set.warnings(context).map { warning in
      warning.showingLine(of: sources.first { $0.name == warning.file }?.text ?? "")
    }
    load.diagnostics.sort(by: Diagnostic.inPlaceOrder)
    return load
  }

  private func warnings(_ context: PolicyContext) -> [Diagnostic] {
    let holding = MatchWitness.facts([ChangeMatch(sources: [Glob(Self.itself)])])
    return rules.flatMap { rule in
      [
        unreachable(rule, context), shadowed(rule), breadth(rule, context),
        holding.flatMap { holdsItself(rule, $0) },
      ].compactMap(\.self)
    }
  }

  private func unreachable(_ rule: PolicyRule, _ context: PolicyContext) -> Diagnostic? {
    if rule.except.contains(where: { $0.covers(rule.match) }) {
      return warning(.unreachable, rule, "can never fire: an exception covers all that it matches")
    }
    if rule.when?.constant == false {
      return warning(.unreachable, rule, "can never fire: its `when` is false whatever the facts are")
    }
    if let window = rule.time.during.first, rule.time.during.allSatisfy(rule.time.outside.contains) {
      return warning(.unreachable, rule, "can never fire: it asks to be during and outside of window `\(window.name)`")
    }
    guard let now = context.now, let last = rule.time.during.last, rule.time.during.allSatisfy({ $0.isOver(now) })
    else {
      return nil
    }
    return warning(
      .unreachable, rule, "can never fire again: window `\(last.name)` is over", suggestion: "set new dates")
  }

  /// A shield is never shadowed: its units count also under a stricter verdict.
  private func shadowed(_ rule: PolicyRule) -> Diagnostic? {
    guard rule.enforcement != .advisory, rule.effect.verdict != .shield else { return nil }
    let other = rules.first { other in
      other.id != rule.id && other.effect.verdict > rule.effect.verdict && other.isUnconditional
        && other.match.covers(rule.match)
    }
    guard let other else { return nil }
    return warning(
      .shadowed, rule, "never decides: `\(other.id)` is stricter and covers all that it matches",
      suggestion: "take one of them out, or narrow `\(other.id)`")
  }

  /// A glob that is `*` alone is meant to be broad.
  private func breadth(_ rule: PolicyRule, _ context: PolicyContext) -> Diagnostic? {
    for (what, globs, known) in [
      ("source", rule.match.sources, context.sources), ("binary", rule.match.binaries, context.binaries),
    ] {
      guard let known, !known.isEmpty, !globs.isEmpty, !globs.contains(where: \.matchesEverything) else { continue }
      let count = known.count { name in globs.contains { $0.matches(name) } }
      if count == 0 { return warning(.broad, rule, "matches no \(what) package that is known here") }
      if count > known.count / 4 {
        return warning(
          .broad, rule, "matches \(count) of \(known.count) \(what) packages that are known here",
          suggestion: "narrow it, or write \"*\" if everything is meant")
      }
    }
    return nil
  }

  private func holdsItself(_ rule: PolicyRule, _ facts: Facts) -> Diagnostic? {
    guard rule.enforcement != .advisory, rule.effect.verdict.isHeld, rule.match.effects.isEmpty, rule.when == nil,
      rule.match.evaluate(facts).matched, !rule.except.contains(where: { $0.evaluate(facts).matched })
    else { return nil }
    return warning(
      .holdsItself, rule, "names apt-gate itself, which is never held: its update may be what mends the gate",
      suggestion: "add `except: {source: \(Self.itself)}`")
  }

  private func warning(
    _ code: Diagnostic.Code, _ rule: PolicyRule, _ message: String, suggestion: String? = nil
  ) -> Diagnostic {
    Diagnostic(
      severity: .warning, code: code, file: rule.file, position: rule.position,
      message: "rule `\(rule.id)` \(message)", suggestion: suggestion)
  }
}

extension PolicyRule {
  /// Whether the rule fires for everything that it matches, at all times.
  var isUnconditional: Bool { except.isEmpty && time.isEmpty && when == nil && enforcement != .advisory }
}
