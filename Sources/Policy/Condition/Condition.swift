internal import CEL
internal import Documents
internal import GateModel

/// A `when`: an expression in CEL over the facts, checked when the policy was loaded.
public struct Condition: Sendable, Hashable {
  /// As it was written.
  public let text: String
  let program: Program
  /// Whether its value can change with time alone.
  let readsTime: Bool
  /// The parts that must all hold, as they were written, each on one line; the whole if it is not made so.
  let conjuncts: [String]
  /// Its value, if it reads no fact at all.
  var constant: Bool?

  init(text: String, program: Program, readsTime: Bool) {
    self.text = text
    self.program = program
    self.readsTime = readsTime
    conjuncts = ConditionParts.conjuncts(text).map { part in
      DisplayText.line(part.split(whereSeparator: \.isSpace).joined(separator: " "))
    }
  }

  public static func == (left: Condition, right: Condition) -> Bool { left.text == right.text }
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  /// Steps that one evaluation may take: some milliseconds of work. Hooks have a deadline, and policies many rules.
  static let mostSteps = 100_000

  enum Outcome {
    case holds, doesNotHold
    /// Why it has no value.
    case failed(String)
  }

  func evaluate(_ activation: Activation) -> Outcome {
    do {
      return try program.evaluateBool(activation, steps: Self.mostSteps) ? .holds : .doesNotHold
    } catch {
      return .failed(DisplayText.line(error.inWords))
    }
  }

  fileprivate var constantValue: Bool? {
    switch evaluate(FactSchema.environment.activation()) {
    case .holds: true
    case .doesNotHold: false
    case .failed: nil
    }
  }

  /// The parts of the expression that have a value worth showing, with it, in the order of the text.
  func parts(_ activation: Activation) -> [ConditionOutcome] {
    program.parts(activation, steps: Self.mostSteps).compactMap { part in
      let text = DisplayText.line(part.text.split(whereSeparator: \.isSpace).joined(separator: " "))
      switch part.result {
      case .success(let value): return value.shown.map { ConditionOutcome(text: text, value: $0) }
      case .failure(let failure): return ConditionOutcome(text: text, failure: DisplayText.line(failure.inWords))
      }
    }
  }

}

extension EvaluationFailure {
  /// What went wrong, in an administrator's words: facts without a value are facts that are not known.
  var inWords: String {
    guard code == .noValue || code == .noSuchKey else { return message }
    let names = message.split(separator: "`", omittingEmptySubsequences: false)
    return names.count == 3 ? "`\(names[1])` is not known" : message
  }
}

extension PolicyReader {
  /// A `when`. Errors are reported at their places inside the scalar.
  func condition(_ node: YamlNode) -> Condition? {
    guard let scalar = node.scalar, scalar.plainType != .null else {
      wrongType(node, "`when` is an expression, not \(node.kindName)")
      return nil
    }
    guard let checked = expression(scalar.text, in: node, offset: 0, of: .bool) else { return nil }
    let reads = checked.variables
    let readsTime = reads.contains("now") || reads.contains("update") && scalar.text.contains("age")
    if checked.cost.minimum > Condition.mostSteps {
      error(.expression, at: node.position, "the expression always costs more than an evaluation may")
      return nil
    }
    var condition = Condition(
      text: scalar.text, program: FactSchema.environment.program(checked), readsTime: readsTime)
    if reads.isEmpty { condition.constant = condition.constantValue }
    return condition
  }

  /// Reads and checks an expression that stands `offset` bytes into the text of `node`.
  func expression(_ text: String, in node: YamlNode, offset: Int, of type: ValueType?) -> CheckedExpression? {
    do throws(Issues) {
      let checked = try FactSchema.environment.check(try FactSchema.environment.parse(text))
      if let type { try checked.require(type) }
      return checked
    } catch {
      let positions = ScalarPositions(node, self)
      for issue in error.all {
        let place = positions.position(utf8Offset: offset + issue.range.lower)
        self.error(.expression, at: place, FactSchema.renaming(issue.message) ?? issue.message)
      }
      return nil
    }
  }
}
