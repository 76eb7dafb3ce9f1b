internal import CEL
public import Documents
public import GateModel

/// One expression, evaluated against facts: `apt-gate policy eval EXPRESSION`.
public struct ExpressionEvaluation: Sendable {
  /// What is wrong with the expression itself; it then has no value.
  public var diagnostics: [Diagnostic]
  /// Its type as the checker knows it, such as `bool`; nil if there are errors.
  public var type: String?
  /// Its value in a person's words; nil if it has none.
  public var value: String?
  /// Why it has no value for these facts.
  public var failure: String?
  /// Its parts with their values, in the order of the text.
  public var parts: [ConditionOutcome]

  /// Reads, checks and evaluates `expression`. `name` stands for a file's name in diagnostics.
  public init(_ expression: String, facts: Facts, name: String = "expression") {
    let collector = PolicyReader(source: DocumentSource(name: name, text: expression))
    let scalar = YamlScalar(text: expression, style: .plain)
    let node = YamlNode(content: .scalar(scalar), position: .start)
    parts = []
    let checked = collector.expression(expression, in: node, offset: 0, of: nil)
    diagnostics = collector.diagnostics
    guard let checked else { return }
    type = checked.type.description
    let known = ConditionFacts(facts)
    let program = FactSchema.environment.program(checked)
    do {
      value = try program.evaluate(known.activation).described
    } catch {
      failure = DisplayText.line(error.inWords)
    }
    parts = Condition(text: expression, program: program, readsTime: false).parts(known.activation)
  }
}

extension Value {
  /// The whole value on one line.
  fileprivate var described: String {
    switch self {
    case .list(let values): "[" + values.map(\.described).joined(separator: ", ") + "]"
    case .map(let map):
      "{" + zip(map.keys, map.values).map { "\($0.described): \($1.described)" }.joined(separator: ", ") + "}"
    default: shown ?? typeName
    }
  }
}
