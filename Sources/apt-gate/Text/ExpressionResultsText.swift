import Documents
import GateModel
import Policy

/// What `policy eval EXPRESSION` prints for people: the value for each update, and the parts where it tells more.
struct ExpressionResultsText {
  var results: ExpressionResults
  var layout: TextLayout

  var text: String {
    if !results.diagnostics.isEmpty { return "" }
    guard !results.results.isEmpty else { return "The facts are about no update.\n" }
    return results.results.flatMap { lines($0.facts, $0.evaluation) }.map { $0 + "\n" }.joined()
  }

  private func lines(_ facts: Facts, _ evaluation: ExpressionEvaluation) -> [String] {
    let change = facts.change
    let versions = VersionPhrase.text(from: change.from, to: change.to)
    let result = evaluation.value.map { "= \($0)" } ?? "has no value: \(evaluation.failure ?? "it is not known")"
    // The first part is the whole, and a failure of the whole has been told.
    let parts = evaluation.parts.dropFirst().filter { $0.failure == nil || $0.failure != evaluation.failure }
    return layout.labelled("", "\(change.source)  \(versions)", indent: 0, rendition: .bold)
      + layout.labelled("", result, indent: 4, rendition: evaluation.value == nil ? .yellow : nil)
      + ConditionText(outcomes: Array(parts), layout: layout, indent: 8).lines
  }
}
