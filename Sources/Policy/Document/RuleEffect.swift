internal import Documents
public import GateModel

/// What a rule gives when it fires: a verdict with its arguments.
public enum RuleEffect: Sendable, Hashable {
  case allow
  /// The restarts of `units` are refused while the change applies. Empty means: the units of the effects
  /// that the rule matched.
  case shield(units: [String])
  case `defer`
  /// Each ring stays healthy for `soak` before the next begins; nil leaves it to the rollout.
  case stage(soak: Duration?)
  /// `count` different people must approve, of `from` if that is not empty.
  case approve(count: Int, from: [String])
  /// A hold that lasts longer than `maximum` is escalated to `escalate`; it is never let through by itself.
  case hold(maximum: Duration?, escalate: [String])

  /// Most people that one rule may ask for.
  static let mostApprovals = 100

  public var verdict: Verdict {
    switch self {
    case .allow: .allow
    case .shield: .shield
    case .defer: .defer
    case .stage: .stage
    case .approve: .approve
    case .hold: .hold
    }
  }
}

extension PolicyReader {
  /// `effect: VERDICT` or `effect: {VERDICT: {arguments}}`.
  func effect(_ node: YamlNode) -> RuleEffect? {
    guard case .mapping(let entries) = node.content else { return effect(node, arguments: nil) }
    guard entries.count == 1, let entry = entries.first else {
      error(
        .invalidValue, at: node.position, "an effect is one verdict; here are \(entries.count)",
        suggestion: "write several rules: the strictest that fires wins")
      return nil
    }
    let name = YamlNode(
      content: .scalar(YamlScalar(text: entry.key, style: .plain)), position: entry.keyPosition)
    return effect(name, arguments: entry.value)
  }

  private func effect(_ name: YamlNode, arguments: YamlNode?) -> RuleEffect? {
    guard let verdict: Verdict = word(name, "effect") else { return nil }
    switch verdict {
    case .allow: return withoutArguments(.allow, arguments)
    case .defer: return withoutArguments(.defer, arguments)
    case .stage: return stage(arguments)
    case .hold: return hold(arguments)
    case .shield: return shield(arguments)
    case .approve: return approve(arguments)
    case .undetermined:
      error(
        .invalidValue, at: name.position, "no rule gives `undetermined`: it says that a fact was missing",
        suggestion: "use `hold` or `approve`")
      return nil
    }
  }

  private func withoutArguments(_ effect: RuleEffect, _ arguments: YamlNode?) -> RuleEffect? {
    guard let arguments else { return effect }
    let name = effect.verdict.rawValue
    guard let reader = MappingReader(arguments, "`\(name)`", keys: [], self), reader.isEmpty else { return nil }
    return effect
  }

  private func shield(_ arguments: YamlNode?) -> RuleEffect? {
    guard let arguments else { return .shield(units: []) }
    guard let reader = MappingReader(arguments, "`shield`", keys: ["units"], self) else { return nil }
    guard let units = reader["units"] else { return .shield(units: []) }
    return .shield(units: Set(items(units, "a unit").compactMap(unitName)).sorted())
  }

  private func approve(_ arguments: YamlNode?) -> RuleEffect? {
    guard let arguments else { return .approve(count: 1, from: []) }
    guard let reader = MappingReader(arguments, "`approve`", keys: ["count", "from"], self) else { return nil }
    let from = reader["from"].map(people) ?? []
    let count = reader["count"].map { number($0, "`count`", in: 1...RuleEffect.mostApprovals) } ?? 1
    guard let count else { return nil }
    let onlyPeople = !from.contains { $0.hasPrefix("@") }
    if !from.isEmpty, onlyPeople, count > from.count {
      error(
        .invalidValue, at: reader.position(of: "count"), "\(count) approvals of \(from.count) people can never be had",
        suggestion: "lower `count` or name more people in `from`")
    }
    return .approve(count: count, from: from)
  }

  private func stage(_ arguments: YamlNode?) -> RuleEffect? {
    guard let arguments else { return .stage(soak: nil) }
    guard let reader = MappingReader(arguments, "`stage`", keys: ["soak"], self) else { return nil }
    return .stage(soak: reader["soak"].flatMap { duration($0, "`soak`") })
  }

  private func hold(_ arguments: YamlNode?) -> RuleEffect? {
    guard let arguments else { return .hold(maximum: nil, escalate: []) }
    guard let reader = MappingReader(arguments, "`hold`", keys: ["maximum", "escalate"], self) else { return nil }
    return .hold(
      maximum: reader["maximum"].flatMap { duration($0, "`maximum`") }, escalate: reader["escalate"].map(people) ?? [])
  }

  /// A whole unit name: a drop-in can only be written for a name that is known.
  private func unitName(_ node: YamlNode) -> String? {
    guard let name = text(node, "a unit") else { return nil }
    if let problem = UnitNamePattern.problem(in: name, globs: false) {
      error(.invalidValue, at: node.position, problem.message, suggestion: problem.suggestion)
      return nil
    }
    return name
  }
}
