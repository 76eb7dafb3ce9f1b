internal import GateModel

/// Whether a match is about a change, and what settled it.
struct MatchEvaluation {
  /// The part of a match that no value of the change fits.
  enum Miss { case source, binary, security, action, origin, group, effect }

  /// nil if the match is about the change.
  var miss: Miss?
  /// Positions, in the change's effects, of those that the match names. Empty if it does not match effects.
  var effects: [Int] = []
  /// What could not be found out; it then counts as matching.
  var failure: String?

  var matched: Bool { miss == nil }
}

extension ChangeMatch {
  func evaluate(_ facts: Facts) -> MatchEvaluation {
    if let miss = miss(facts) { return MatchEvaluation(miss: miss) }
    let failure = groups.isEmpty || facts.node != nil ? nil : "the node's groups are not known"
    guard !effects.isEmpty else { return MatchEvaluation(failure: failure) }
    let named = facts.effects.indices.filter { i in effects.contains { $0.matches(facts.effects[i]) } }
    return MatchEvaluation(miss: named.isEmpty ? .effect : nil, effects: named, failure: failure)
  }

  /// What of the change, its effects left out, the match is not about. Nothing is copied: most rules of a large set
  /// that are looked at end here.
  private func miss(_ facts: Facts) -> MatchEvaluation.Miss? {
    if !sources.isEmpty, !sources.contains(where: { $0.matches(facts.change.source) }) { return .source }
    if !binaries.isEmpty, matchingBinary(facts.change) == nil { return .binary }
    if let security, security != facts.change.isSecurity { return .security }
    if !actions.isEmpty, !actions.contains(facts.change.action) { return .action }
    if !origins.isEmpty, !hasOrigin(facts.change) { return .origin }
    guard !groups.isEmpty, let node = facts.node else { return nil }
    return node.groups.contains { name in groups.contains { $0.matches(name) } } ? nil : .group
  }

  /// Looks at the binaries' own lists, by position: `Change.origins` takes repeats out, and a closure's argument is a
  /// copy, which both cost more than the question.
  private func hasOrigin(_ change: Change) -> Bool {
    for binary in change.binaries.indices {
      for origin in change.binaries[binary].origins.indices {
        for pattern in origins.indices where origins[pattern].matches(change.binaries[binary].origins[origin]) {
          return true
        }
      }
    }
    return false
  }

  /// Why the match is or is not about the change, in one line.
  func reason(_ evaluation: MatchEvaluation, _ facts: Facts) -> String {
    switch evaluation.miss {
    case nil: whyMatched(facts.change, evaluation.effects.map { facts.effects[$0] })
    case .source: "source `\(facts.change.source)` is not \(listed(sources))"
    case .binary: "no binary package is \(listed(binaries))"
    case .security: security == true ? "it is no security update" : "it is a security update"
    case .action: "\(facts.change.action.rawValue) is not \(alternatives(actions.map(\.rawValue).sorted()))"
    case .origin: "no origin matches"
    case .group: "the node is not in \(listed(groups))"
    case .effect: "no effect is \(listed(effects))"
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
