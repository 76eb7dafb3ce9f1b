import Documents
import GateModel
import Policy

/// One expression's values for each of the given facts.
struct ExpressionResults {
  var expression: String
  /// What is wrong with the expression; it then has no values.
  var diagnostics: [Diagnostic]
  /// As the checker knows it, such as `bool`; nil if the expression is wrong or there are no facts.
  var type: String?
  var results: [(facts: Facts, evaluation: ExpressionEvaluation)]

  init(_ expression: String, on facts: [Facts]) {
    self.expression = expression
    let all = facts.map { ($0, ExpressionEvaluation(expression, facts: $0)) }
    diagnostics = all.first?.1.diagnostics ?? []
    type = all.first?.1.type
    results = diagnostics.isEmpty ? all.map { (facts: $0, evaluation: $1) } : []
  }

  var status: ExitStatus {
    if !diagnostics.isEmpty { return .checkFailed }
    return results.contains { $0.evaluation.value == nil } ? .undetermined : .done
  }
}
