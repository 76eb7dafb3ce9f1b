/// Why an evaluation has no value.
public struct EvaluationFailure: Error, Sendable, Hashable {
  /// What kind of failure it is, stable across versions.
  public enum Code: String, Sendable {
    case noSuchKey, noSuchOverload, undeclared, noValue, overflow, divisionByZero, invalidArgument, duplicateKey
    case budgetExceeded
  }

  /// The kind of failure.
  public let code: Code
  /// Lower-case, without a final full stop, with what was given in backticks.
  public let message: String
  /// UTF-8 offset in the expression where it happened; `nil` where only the message is known.
  public internal(set) var offset: Int?

  /// A failure; the place is filled in by the instruction it passes.
  public init(_ code: Code, _ message: String, offset: Int? = nil) {
    self.code = code
    self.message = message
    self.offset = offset
  }

  /// `&&`, `||`, `all` and `exists` may absorb an error, but never an exceeded budget.
  var isAbsorbable: Bool { code != .budgetExceeded }

  func at(_ offset: Int) -> EvaluationFailure {
    var copy = self
    if copy.offset == nil { copy.offset = offset }
    return copy
  }
}
