/// A part of an expression with the instruction that computes it.
struct CompiledPart: Sendable {
  let range: SourceRange
  let role: Program.Part.Role
  let instruction: any Instruction
}

extension Program {
  /// A part of the expression, with what it is at the moment.
  public struct Part: Sendable {
    /// What a part does in its expression.
    public enum Role: Hashable, Sendable {
      case and, or, not, conditional
      /// One value held against another, with the operator as it is written: `==`, `<`, `in` and their kin.
      case comparison(String)
      /// Anything else: a fact, a call, a computed value.
      case value
    }

    /// Where the part is.
    public let range: SourceRange
    /// The part as it is written.
    public let text: String
    /// What the part does.
    public let role: Role
    /// The part's value, or why it has none.
    public let result: Result<Value, EvaluationFailure>
    /// The two sides of a comparison, in the order of the text, constants included; empty for other parts.
    public let sides: [Result<Value, EvaluationFailure>]
  }

  /// The value of each part of the expression on its own, in the order of the text, outer parts before inner ones: what an
  /// explanation shows. Constants are left out, and so is what depends on a macro's variable.
  public func parts(_ activation: Activation, steps: Int = defaultSteps) -> [Part] {
    compiledParts.map { part in
      var sides: [Result<Value, EvaluationFailure>] = []
      if let comparison = part.instruction as? any Comparing {
        let (left, right) = comparison.compared
        sides = [evaluate(left, activation, steps), evaluate(right, activation, steps)]
      }
      let result = evaluate(part.instruction, activation, steps)
      return Part(range: part.range, text: source[part.range], role: part.role, result: result, sides: sides)
    }
  }

  private func evaluate(
    _ instruction: any Instruction, _ activation: Activation, _ steps: Int
  ) -> Result<Value, EvaluationFailure> {
    var frame = frame(activation, steps)
    return Result { () throws(EvaluationFailure) in try instruction.evaluate(&frame) }
  }
}

extension Program.Part.Role {
  init(_ node: Expression) {
    guard case .call(let name, _) = node.kind else {
      self = .value
      return
    }
    switch name {
    case Operator.and: self = .and
    case Operator.or: self = .or
    case Operator.not: self = .not
    case Operator.conditional: self = .conditional
    case Operator.isIn: self = .comparison("in")
    case Operator.equal, Operator.notEqual, Operator.less, Operator.lessOrEqual, Operator.greater,
      Operator.greaterOrEqual:
      self = .comparison(name.replacing("_", with: ""))
    default: self = .value
    }
  }
}
