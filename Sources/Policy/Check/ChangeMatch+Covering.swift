internal import GateModel

extension ChangeMatch {
  /// Whether every change that `other` matches is surely matched by this too.
  func covers(_ other: ChangeMatch) -> Bool {
    covers(sources, other.sources) && covers(binaries, other.binaries) && covers(groups, other.groups)
      && (security == nil || security == other.security)
      && (actions.isEmpty || !other.actions.isEmpty && other.actions.isSubset(of: actions))
      && (origins.isEmpty || !other.origins.isEmpty && Set(other.origins).isSubset(of: origins))
      && (effects.isEmpty
        || !other.effects.isEmpty && other.effects.allSatisfy { o in effects.contains { $0.covers(o) } })
  }

  private func covers(_ globs: [Glob], _ others: [Glob]) -> Bool {
    guard !globs.isEmpty else { return true }
    return !others.isEmpty && others.allSatisfy { other in globs.contains { $0.covers(other) } }
  }
}

extension Glob {
  /// Whether every name that `other` matches is surely matched by this: it is the same, or a name that
  /// matches, or begins with what this begins with and ends in one star.
  func covers(_ other: Glob) -> Bool {
    if self == other || matchesEverything { return true }
    if other.isLiteral { return matches(other.pattern) }
    let isPrefix = pattern.hasSuffix("*") && prefix.count == pattern.utf8.count - 1
    return isPrefix && other.prefix.starts(with: prefix)
  }
}

extension EffectPattern {
  func covers(_ other: EffectPattern) -> Bool {
    (kinds.isEmpty || !other.kinds.isEmpty && other.kinds.isSubset(of: kinds))
      && (verbs.isEmpty || !other.verbs.isEmpty && other.verbs.isSubset(of: verbs))
      && (certainty == nil || certainty == other.certainty)
      && (units.isEmpty || !other.units.isEmpty && other.units.allSatisfy { o in units.contains { $0.covers(o) } })
  }
}
