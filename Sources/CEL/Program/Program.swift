/// A compiled expression: names resolved to places, constants folded, patterns compiled. Evaluated from any thread.
public struct Program: Sendable {
  /// The text it was compiled from.
  public let source: SourceText
  let root: any Instruction
  let localCount: Int
  let blockValueCount: Int
  let compiledParts: [CompiledPart]

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

  func frame(_ activation: Activation, _ steps: Int) -> Frame {
    var frame = Frame(budget: Budget(steps: steps), variables: activation.values)
    if localCount > 0 { frame.locals = Array(repeating: .null, count: localCount) }
    if blockValueCount > 0 { frame.blockValues = Array(repeating: nil, count: blockValueCount) }
    return frame
  }
}
