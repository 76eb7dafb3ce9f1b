internal import CEL
internal import GateModel

/// How one rule stands to one change.
struct RuleEvaluation {
  var fired: Bool
  /// Positions of the effects that the rule matched.
  var matched: [Int] = []
  /// What could not be found out. The rule fires all the same, for what it matches.
  var failure: String?
  /// When the rule stops firing by itself, by its time terms, if that is known.
  var until: ClearingTime?
  /// Whether the rule got as far as its `when`.
  var askedCondition = false
  /// Why it fired or why not, in one line; only made when somebody looks.
  var reason: () -> String
}

extension PolicyRule {
  func evaluate(_ facts: Facts, _ known: ConditionFacts) -> RuleEvaluation {
    let match = match.evaluate(facts)
    guard match.matched else { return RuleEvaluation(fired: false, reason: match.reason) }
    for exception in except.map({ $0.evaluate(facts) }) where exception.matched && exception.failure == nil {
      return RuleEvaluation(fired: false) { "excepted: \(exception.reason())" }
    }
    switch time.evaluate(facts) {
    case .notInForce(let why): return RuleEvaluation(fired: false) { why }
    case .unknown(let why): return fired(match, failure: match.failure ?? why)
    case .inForce(let why, let until): return ask(match, why, until, known)
    }
  }

  private func ask(
    _ match: MatchEvaluation, _ why: [String], _ until: ClearingTime?, _ known: ConditionFacts
  ) -> RuleEvaluation {
    guard let when else { return fired(match, failure: match.failure, why: why, until: until) }
    var evaluation: RuleEvaluation
    switch when.evaluate(known.activation) {
    case .holds: evaluation = fired(match, failure: match.failure, why: why + ["its condition holds"], until: until)
    case .doesNotHold: evaluation = RuleEvaluation(fired: false) { "its condition does not hold" }
    case .failed(let failure): evaluation = fired(match, failure: failure, why: why, until: until)
    }
    evaluation.askedCondition = true
    return evaluation
  }

  private func fired(
    _ match: MatchEvaluation, failure: String?, why: [String] = [], until: ClearingTime? = nil
  ) -> RuleEvaluation {
    RuleEvaluation(fired: true, matched: match.effects, failure: failure, until: until) {
      let reasons = ([match.reason()] + why).filter { !$0.isEmpty }.joined(separator: " and ")
      return failure.map { "fires because it could not be evaluated: \($0) (\(reasons))" } ?? reasons
    }
  }
}
