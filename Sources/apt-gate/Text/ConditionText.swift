import GateModel

/// The parts of a condition with their values, for people.
struct ConditionText {
  var outcomes: [ConditionOutcome]
  var layout: TextLayout
  var indent: Int

  /// A line for each part. What cannot be known is told once, of the largest part that lacks it: each smaller part
  /// lacks it too.
  var lines: [String] {
    var told: Set<String> = []
    return outcomes.flatMap { outcome -> [String] in
      if let value = outcome.value { return line("\(outcome.text) = \(value)") }
      let failure = outcome.failure ?? "it is not known"
      return told.insert(failure).inserted ? line("\(outcome.text) has no value: \(failure)") : []
    }
  }

  private func line(_ text: String) -> [String] { layout.labelled("", text, indent: indent) }
}
