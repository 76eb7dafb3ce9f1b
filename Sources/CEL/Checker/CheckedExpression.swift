/// An expression whose types are known and whose cost is bounded.
public struct CheckedExpression: Sendable {
  /// The expression as it was read.
  public let parsed: ParsedExpression
  /// The type of the whole expression.
  public let type: ValueType
  /// A bound on the steps an evaluation takes, from the sizes known and `Environment.assumedSize` for the others.
  public let cost: CostBound
  /// The names of the variables the expression reads, in order.
  public let variables: [String]

  /// Throws an issue unless the expression gives the type, or `dyn`, which is checked when it is evaluated.
  public func require(_ wanted: ValueType) throws(Issues) {
    var unifier = Unifier()
    guard !unifier.assign([type], to: [wanted]) else { return }
    var log = IssueLog(source: parsed.source, phase: .check)
    log.report("expected `\(wanted)`, but the expression gives `\(type)`", at: parsed.root.range)
    try log.throwIfAny()
  }
}
