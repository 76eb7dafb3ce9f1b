internal import GateModel

/// Whether a match is about a change, and what settled it.
struct MatchEvaluation {
  var matched: Bool
  /// Positions, in the change's effects, of those that the match names. Empty if it does not match effects.
  var effects: [Int] = []
  /// What could not be found out; it then counts as matching.
  var failure: String?
  /// Why or why not, in one line; only made when somebody looks.
  var reason: () -> String
}

extension ChangeMatch {
  func evaluate(_ facts: Facts) -> MatchEvaluation {
    let change = facts.change
    let effects = facts.effects
    if !sources.isEmpty, !sources.contains(where: { $0.matches(change.source) }) {
      return no { "source `\(change.source)` is not \(listed(sources))" }
    }
    if !binaries.isEmpty, matchingBinary(change) == nil {
      return no { "no binary package is \(listed(binaries))" }
    }
    if let security, security != change.isSecurity {
      return no { security ? "it is no security update" : "it is a security update" }
    }
    if !actions.isEmpty, !actions.contains(change.action) {
      return no { "\(change.action.rawValue) is not \(alternatives(actions.map(\.rawValue).sorted()))" }
    }
    if !origins.isEmpty, !hasOrigin(change) {
      return no { "no origin matches" }
    }
    if let node = facts.node, !groups.isEmpty, !node.groups.contains(where: { g in groups.contains { $0.matches(g) } })
    {
      return no { "the node is not in \(listed(groups))" }
    }
    guard !self.effects.isEmpty else { return yes(facts, []) }
    let named = effects.indices.filter { i in self.effects.contains { $0.matches(effects[i]) } }
    guard !named.isEmpty else { return no { "no effect is \(listed(self.effects))" } }
    return yes(facts, named)
  }

  /// Looks at the binaries' own lists: `Change.origins` takes repeats out, which costs more than the question.
  private func hasOrigin(_ change: Change) -> Bool {
    change.binaries.contains { binary in
      binary.origins.contains { origin in origins.indices.contains { origins[$0].matches(origin) } }
    }
  }

  private func no(_ reason: @escaping () -> String) -> MatchEvaluation {
    MatchEvaluation(matched: false, reason: reason)
  }

  private func yes(_ facts: Facts, _ named: [Int]) -> MatchEvaluation {
    let failure = groups.isEmpty || facts.node != nil ? nil : "the node's groups are not known"
    return MatchEvaluation(matched: true, effects: named, failure: failure) {
      whyMatched(facts.change, named.map { facts.effects[$0] })
    }
  }

  private func matchingBinary(_ change: Change) -> BinaryChange? {
    change.binaries.first { binary in binaries.contains { $0.matches(binary.name) } }
  }

  private func whyMatched(_ change: Change, _ named: [Effect]) -> String {
    var parts: [String] = []
    if let glob = sources.first(where: { $0.matches(change.source) }) {
      parts.append(matchText("source", change.source, glob))
    }
    if let binary = matchingBinary(change), let glob = binaries.first(where: { $0.matches(binary.name) }) {
      parts.append(matchText("binary package", binary.name, glob))
    }
    if security != nil { parts.append(change.isSecurity ? "it is a security update" : "it is no security update") }
    if !actions.isEmpty { parts.append("the action is \(change.action.rawValue)") }
    if !origins.isEmpty { parts.append("an origin matches") }
    if !groups.isEmpty { parts.append("the node is in \(listed(groups))") }
    if !named.isEmpty { parts.append("effect \(EffectSummary.of(named))") }
    return parts.joined(separator: " and ")
  }

  private func matchText(_ what: String, _ name: String, _ glob: Glob) -> String {
    glob.isLiteral ? "\(what) is `\(name)`" : "\(what) `\(name)` matches `\(glob)`"
  }
}

private func listed(_ patterns: [some CustomStringConvertible]) -> String {
  alternatives(patterns.map { "`\($0)`" })
}

/// `a`, `a or b`, `a, b or c`.
private func alternatives(_ words: [String]) -> String {
  guard words.count > 1, let last = words.last else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " or " + last
}

extension EffectPattern: CustomStringConvertible {
  public var description: String {
    var words = [kinds.map(\.rawValue).sorted(), verbs.sorted(), units.map(\.pattern)]
      .filter { !$0.isEmpty }.map { $0.joined(separator: "|") }
    if let certainty { words.append("(\(certainty.rawValue))") }
    return words.joined(separator: " ")
  }
}
