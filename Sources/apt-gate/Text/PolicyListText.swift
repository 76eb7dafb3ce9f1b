import GateModel
import Policy

/// What `policy list` prints for people: each policy with its rules and their verdicts.
struct PolicyListText {
  var policies: PolicySet
  var layout: TextLayout

  /// Columns of the widest verdict that a rule gives, of `advisory`, and two spaces after each.
  private static let verdictColumns = 9
  private static let enforcementColumns = 10

  var text: String {
    let blocks = policies.documents.map { lines(of: $0).joined(separator: "\n") + "\n" } + [summary + "\n"]
    return blocks.joined(separator: "\n")
  }

  private func lines(of document: PolicyDocument) -> [String] {
    let gates = document.gated.isEmpty ? "" : " (gates)"
    return layout.labelled("", document.name + gates, indent: 0, rendition: .bold)
      + (document.description.map { layout.labelled("", $0, indent: 2) } ?? [])
      + layout.labelled("", document.file, indent: 2, rendition: .dim)
      + document.rules.sorted { $0.id < $1.id }.flatMap(row) + document.escalations.map(row)
  }

  private func row(_ rule: PolicyRule) -> [String] {
    let verdict = rule.effect.verdict
    return [
      "  " + layout.style(verdict.rendition, ColumnText.padded(verdict.rawValue, to: Self.verdictColumns))
        + ColumnText.padded(rule.enforcement.rawValue, to: Self.enforcementColumns) + DisplayText.line(rule.id)
    ]
  }

  private func row(_ escalation: Escalation) -> String {
    "  " + ColumnText.padded("escalate", to: Self.verdictColumns + Self.enforcementColumns)
      + DisplayText.line(escalation.id)
  }

  private var summary: String {
    CountText.of(policies.documents.count, "policy", "policies") + ", "
      + CountText.of(policies.rules.count, "rule", "rules")
  }
}
