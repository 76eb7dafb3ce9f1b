internal import CEL
internal import GateModel

extension MessageTemplate {
  /// The message about `change`. `effects` are those that the rule matched, or all of the change's. An expression
  /// without a value is shown as it was written.
  func rendered(_ change: Change, _ effects: [Effect], _ known: ConditionFacts) -> String {
    parts.map { part in
      switch part {
      case .literal(let text): text
      case .fact(let fact): DisplayText.line(fact.value(change, effects))
      case .expression(let expression): expression.value(known)
      }
    }.joined()
  }
}

extension MessageExpression {
  fileprivate func value(_ known: ConditionFacts) -> String {
    do {
      return try program.evaluate(known.activation, steps: Condition.mostSteps).inMessage
    } catch {
      return "{\(text)}"
    }
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
