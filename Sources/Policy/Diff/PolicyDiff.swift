internal import Documents
public import GateModel

/// How two sets of policies decide about the same facts.
public struct PolicyDiff: Sendable {
  /// What the second set is to the first.
  public enum Relation: String, Sendable {
    /// No fact that was looked at tells them apart.
    case same
    /// It is never looser, and sometimes stricter.
    case stricter
    /// It is never stricter, and sometimes looser.
    case looser
    /// It is stricter about some facts and looser about others.
    case incomparable
  }

  /// One way in which they differ, with an example.
  public struct Difference: Sendable {
    public var before: Verdict
    public var after: Verdict
    /// The rules that decide, in the first set and in the second.
    public var decidedBefore: [String]
    public var decidedAfter: [String]
    /// The first facts found that show it.
    public var example: Facts
    /// How many of the facts show it.
    public var count: Int

    public var isStricter: Bool { after > before }
  }

  public var relation: Relation
  /// Sorted, what is looser first.
  public var differences: [Difference]
  /// How many facts were looked at, and how many of them were given.
  public var compared: Int
  public var recorded: Int
  /// How many facts could have been made up from the sets; more than were tried if those are a sample.
  public var possible: Int

  /// Whether only a sample was tried: what the others alone tell apart was not seen.
  public var isSampled: Bool { compared - recorded < possible }

  /// Compares `before` and `after` over `recorded` facts and facts made up from both sets.
  public init(_ before: PolicySet, _ after: PolicySet, recorded: [Facts] = []) {
    let grid = FactsGrid([before, after]).facts()
    let facts = recorded + grid.facts
    possible = grid.possible
    var found: [Key: Difference] = [:]
    for facts in facts {
      let old = before.decide(facts)
      let new = after.decide(facts)
      guard old.verdict != new.verdict else { continue }
      let key = Key(before: old.verdict, after: new.verdict, rules: old.decidedBy + ["/"] + new.decidedBy)
      found[key, default: Difference(old, new, facts)].count += 1
    }
    differences = found.values.sorted { $0.order < $1.order }
    compared = facts.count
    self.recorded = recorded.count
    switch (differences.contains(where: \.isStricter), differences.contains { !$0.isStricter }) {
    case (false, false): relation = .same
    case (true, false): relation = .stricter
    case (false, true): relation = .looser
    case (true, true): relation = .incomparable
    }
  }

  private struct Key: Hashable {
    var before: Verdict
    var after: Verdict
    var rules: [String]
  }
}

extension PolicyDiff.Difference {
  fileprivate init(_ old: Decision, _ new: Decision, _ facts: Facts) {
    before = old.verdict
    after = new.verdict
    decidedBefore = old.decidedBy
    decidedAfter = new.decidedBy
    example = facts
    count = 0
  }

  fileprivate var order: String {
    ([isStricter ? "1" : "0", after.rawValue, before.rawValue] + decidedAfter + decidedBefore).joined(separator: " ")
  }
}

extension PolicyDiff {
  /// For a person; each line ends with a newline.
  public var text: String {
    var lines = ["\(summary), over \(compared) facts, \(recorded) of them recorded"]
    for difference in differences {
      let word = difference.isStricter ? "stricter" : "looser"
      lines.append("\(word): \(difference.before.rawValue) -> \(difference.after.rawValue) (\(difference.count) facts)")
      lines.append("  before: \(names(difference.decidedBefore)); after: \(names(difference.decidedAfter))")
      lines.append("  such as \(difference.example.summary)")
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private var summary: String {
    switch relation {
    case .same: "the same verdicts"
    case .stricter: "stricter: never looser"
    case .looser: "looser: never stricter"
    case .incomparable: "incomparable: stricter about some facts, looser about others"
    }
  }

  private func names(_ rules: [String]) -> String {
    rules.isEmpty ? "no rule" : rules.joined(separator: ", ")
  }
}

extension Facts {
  /// The facts in one line, for an example.
  fileprivate var summary: String {
    var parts = [
      "\(change.action.rawValue) of \(change.source) (\(change.binaries.map(\.name).joined(separator: ", ")))"
    ]
    if change.isSecurity { parts.append("security") }
    if !effects.isEmpty { parts.append(EffectSummary.of(effects)) }
    parts.append(now.map { "at \($0)" } ?? "time unknown")
    if let age { parts.append("known for \(DurationText.text(age))") }
    if let groups = node?.groups, !groups.isEmpty { parts.append("in \(groups.joined(separator: ", "))") }
    return DisplayText.line(parts.joined(separator: ", "))
  }
}
