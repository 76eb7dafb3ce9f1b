/// Why an evaluation has no value.
public struct EvaluationFailure: Error, Sendable, Hashable {
  public enum Code: String, Sendable {
    case noSuchKey, noSuchOverload, undeclared, noValue, overflow, divisionByZero, invalidArgument, duplicateKey
    case budgetExceeded
  }

  public let code: Code
  public let message: String
  /// UTF-8 offset in the expression where it happened; `nil` where only the message is known.
  public internal(set) var offset: Int?

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
