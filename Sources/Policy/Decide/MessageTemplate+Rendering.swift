internal import GateModel

extension MessageTemplate {
  /// The message about `change`. `effects` are those that the rule matched, or all of the change's.
  func rendered(_ change: Change, _ effects: [Effect]) -> String {
    parts.map { part in
      switch part {
      case .literal(let text): text
      case .fact(let fact): DisplayText.line(fact.value(change, effects))
      }
    }.joined()
  }
}

extension MessageFact {
  fileprivate func value(_ change: Change, _ effects: [Effect]) -> String {
    switch self {
    case .source: change.source
    case .from: change.from?.text ?? "nothing"
    case .to: change.to?.text ?? "nothing"
    case .action: change.action.rawValue
    case .binaries: list(change.binaries.map(\.name))
    case .origins: list(change.origins.map(\.origin))
    case .units: list(effects.compactMap(\.unit))
    case .kinds: list(effects.map(\.kind.rawValue))
    case .summary: effects.isEmpty ? "nothing" : EffectSummary.of(effects)
    case .packages: list(effects.map(\.package))
    }
  }

  private func list(_ values: [String]) -> String {
    values.isEmpty ? "none" : EffectSummary.distinct(values).joined(separator: ", ")
  }
}
