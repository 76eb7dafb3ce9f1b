import GateEngine

/// What `explain` prints for people: every change that was meant, then what apt keeps back of it.
struct ExplanationText {
  var report: CheckReport
  var layout: TextLayout

  var text: String {
    let changes = report.changes.map { ExplainText(checked: $0, layout: layout).text }
    let rest = (KeptBackText(packages: report.keptBack, layout: layout).lines + notes).map { $0 + "\n" }.joined()
    return (changes + [rest]).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var notes: [String] {
    (report.nothingPending.map { "`\($0)`: no update is pending" } + report.warnings.map { "apt warns: \($0)" }
      + UnknownFactsText(report: report).lines)
      .flatMap { layout.labelled("", $0, indent: 0) }
  }
}
