internal import CEL
internal import GateModel

/// How one rule stands to one change.
struct RuleEvaluation {
  /// What settled it; put into words by ``PolicyRule/reason(_:_:)`` only when somebody looks.
  enum Grounds {
    case notMatched(MatchEvaluation)
    /// By the exception at this position.
    case excepted(Int)
    case notInForce(why: String)
    case conditionDoesNotHold
    /// It fired; `why` is what held besides the match.
    case fired(MatchEvaluation, why: [String])
  }

  var grounds: Grounds
  /// What could not be found out. The rule fires all the same, for what it matches.
  var failure: String?
  /// When the rule stops firing by itself, by its time terms, if that is known.
  var until: ClearingTime?
  /// Whether the rule got as far as its `when`.
  var askedCondition = false

  var fired: Bool {
    if case .fired = grounds { true } else { false }
  }

  /// Positions of the effects that the rule matched.
  var matched: [Int] {
    if case .fired(let match, _) = grounds { match.effects } else { [] }
  }
}

extension PolicyRule {
  func evaluate(_ facts: Facts, _ known: ConditionFacts) -> RuleEvaluation {
    let match = match.evaluate(facts)
    guard match.matched else { return RuleEvaluation(grounds: .notMatched(match)) }
    if let position = except.firstIndex(where: { $0.isSurelyAbout(facts) }) {
      return RuleEvaluation(grounds: .excepted(position))
    }
    switch time.evaluate(facts) {
    case .notInForce(let why): return RuleEvaluation(grounds: .notInForce(why: why))
    case .unknown(let why): return RuleEvaluation(grounds: .fired(match, why: []), failure: match.failure ?? why)
    case .inForce(let why, let until): return ask(match, why, until, known)
    }
  }

  private func ask(
    _ match: MatchEvaluation, _ why: [String], _ until: ClearingTime?, _ known: ConditionFacts
  ) -> RuleEvaluation {
    var evaluation = RuleEvaluation(grounds: .fired(match, why: why), failure: match.failure, until: until)
    guard let when else { return evaluation }
    evaluation.askedCondition = true
    switch when.evaluate(known.activation) {
    case .holds: evaluation.grounds = .fired(match, why: why + ["its condition holds"])
    case .doesNotHold: evaluation = RuleEvaluation(grounds: .conditionDoesNotHold, askedCondition: true)
    case .failed(let failure): evaluation.failure = failure
    }
    return evaluation
  }

  /// Why the rule fired or why not, in one line.
  func reason(_ evaluation: RuleEvaluation, _ facts: Facts) -> String {
    switch evaluation.grounds {
    case .notMatched(let miss): return match.reason(miss, facts)
    case .excepted(let position): return "excepted: \(except[position].reason(except[position].evaluate(facts), facts))"
    case .notInForce(let why): return why
    case .conditionDoesNotHold: return "its condition does not hold"
    case .fired(let match, let why):
      let reasons = ([self.match.reason(match, facts)] + why).filter { !$0.isEmpty }.joined(separator: " and ")
      return evaluation.failure.map { "fires because it could not be evaluated: \($0) (\(reasons))" } ?? reasons
    }
  }
}

extension ChangeMatch {
  /// Whether it is about the change, and nothing had to be assumed for that.
  fileprivate func isSurelyAbout(_ facts: Facts) -> Bool {
    let evaluation = evaluate(facts)
    return evaluation.matched && evaluation.failure == nil
  }
}
