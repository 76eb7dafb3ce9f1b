public import GateModel

extension PolicySet {
  /// Whether a rule that is about the change reads the network, in its `when` or its message. Told by the text, so that
  /// a rule may be counted that only says the word.
  public func asksForNetwork(_ facts: Facts) -> Bool {
    ruleIndex.candidates(facts.change, facts.effects).contains { position in
      let rule = rules[position]
      return rule.saysNetwork && rule.match.evaluate(facts).matched
    }
  }
}

extension PolicyRule {
  fileprivate var saysNetwork: Bool {
    when?.text.contains("network") == true || message.text.contains("network.")
  }
}
