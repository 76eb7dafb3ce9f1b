/// A compiled expression: names resolved to places, constants folded, patterns compiled. Evaluated from any thread.
public struct Program: Sendable {
  /// The text it was compiled from.
  public let source: SourceText
  let root: any Instruction
  let localCount: Int
  let lazyCount: Int
  let partInstructions: [(range: SourceRange, instruction: any Instruction)]

  /// Steps an evaluation may take unless told otherwise: well under a second of work.
  public static let defaultSteps = 1_000_000

  /// The value of the expression.
  ///
  /// Throws what went wrong, with the place in the text where it did, and `budgetExceeded` where it would take more
  /// than the steps given: no expression runs longer. Allocates nothing for comparisons, logic and arithmetic on
  /// numbers and existing strings.
  public func evaluate(_ activation: Activation, steps: Int = defaultSteps) throws(EvaluationFailure) -> Value {
    var frame = frame(activation, steps)
    return try root.evaluate(&frame)
  }

  /// The expression's value where it must be a bool; any other is an error.
  public func evaluateBool(_ activation: Activation, steps: Int = defaultSteps) throws(EvaluationFailure) -> Bool {
    var frame = frame(activation, steps)
    return try root.evaluateBool(&frame)
  }

  private func frame(_ activation: Activation, _ steps: Int) -> Frame {
    var frame = Frame(budget: Budget(steps: steps), variables: activation.values)
    if localCount > 0 { frame.locals = Array(repeating: .null, count: localCount) }
    if lazyCount > 0 { frame.lazyLocals = Array(repeating: nil, count: lazyCount) }
    return frame
  }
}

extension Program {
  /// A part of the expression, with what it is at the moment.
  public struct Part: Sendable {
    public let range: SourceRange
    public let text: String
    public let result: Result<Value, EvaluationFailure>
  }

  /// The value of each part of the expression on its own, in the order of the text, outer parts before inner ones: what an
  /// explanation shows. Constants are left out, and so is what depends on a macro's variable.
  public func parts(_ activation: Activation, steps: Int = defaultSteps) -> [Part] {
    partInstructions.map { part in
      var frame = frame(activation, steps)
      let result = Result { () throws(EvaluationFailure) in try part.instruction.evaluate(&frame) }
      return Part(range: part.range, text: source[part.range], result: result)
    }
  }
}
