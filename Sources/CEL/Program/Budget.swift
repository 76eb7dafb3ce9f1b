/// How much work an evaluation may still do. A step is about one operation of the language; work in proportion to a text
/// or a list costs in proportion, so that neither time nor memory can run away.
public struct Budget: Sendable {
  /// Steps left.
  public private(set) var remaining: Int

  /// A budget of that many steps.
  public init(steps: Int) { remaining = steps }

  /// Takes steps, and fails where there are none left.
  @inline(__always)
  public mutating func spend(_ steps: Int) throws(EvaluationFailure) {
    remaining &-= steps
    if remaining < 0 {
      remaining = 0
      throw EvaluationFailure(.budgetExceeded, "the expression costs more than its evaluation may")
    }
  }

  /// Takes steps for reading or making that many bytes.
  @inline(__always)
  public mutating func spend(bytes: Int) throws(EvaluationFailure) { try spend(bytes >> 4) }

  /// Takes steps for reading a text once; other values cost where their elements are read.
  @inline(__always)
  mutating func spend(reading value: Value) throws(EvaluationFailure) {
    switch value {
    case .string(let text): try spend(bytes: text.utf8.count)
    case .bytes(let bytes): try spend(bytes: bytes.count)
    default: break
    }
  }
}
