import GateModel

/// What `policy eval` prints for people: each update's verdict, who decided it and why, and the parts of the
/// conditions of rules that decided.
struct PolicyResultsText {
  var results: PolicyResults
  var layout: TextLayout

  private static let indent = 14

  var text: String {
    guard !results.results.isEmpty else { return "The facts are about no update.\n" }
    let held = results.results.count { $0.decision.verdict.isHeld }
    let total = CountText.of(results.results.count, "update", "updates")
    return results.results.flatMap(lines).map { $0 + "\n" }.joined() + "\n\(total), \(held) held\n"
  }

  private func lines(_ assessed: AssessedChange) -> [String] {
    let (change, decision) = (assessed.change, assessed.decision)
    let versions = VersionPhrase.text(from: change.from, to: change.to)
    let verdict = ColumnText.padded(decision.verdict.rawValue, to: Self.indent)
    let head =
      layout.style(decision.verdict.rendition, verdict)
      + layout.style(.bold, DisplayText.line(change.source)) + "  " + versions
    let rule = [decision.decidedBy.joined(separator: ", "), decision.message ?? ""].filter { !$0.isEmpty }
    return [head] + (rule.isEmpty ? [] : row("rule", rule.joined(separator: ": "))) + conditions(of: decision)
      + (decision.clearsWhen.map { row("clears", $0) } ?? [])
      + decision.escalations.flatMap { row("escalate", EscalationPhrase.text($0)) }
  }

  private func conditions(of decision: Decision) -> [String] {
    let deciding = decision.rules.filter { $0.fired && decision.decidedBy.contains($0.rule) }
    return deciding.flatMap { ConditionText(outcomes: $0.conditions, layout: layout, indent: Self.indent).lines }
  }

  private func row(_ label: String, _ text: String) -> [String] {
    layout.labelled("    \(label)", text, indent: Self.indent)
  }
}
