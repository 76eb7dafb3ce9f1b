import GateModel

/// What `doctor` prints for people: a line for what is fine, and what, why and what to do for what is not.
struct DoctorText {
  var report: DoctorReport
  var layout: TextLayout

  private static let indent = 10

  var text: String { (report.results.flatMap(lines) + ["", summary]).map { $0 + "\n" }.joined() }

  private func lines(_ result: DoctorResult) -> [String] {
    if let skip = result.skip {
      return layout.labelled("skipped", "\(result.check): \(skip.reason)", indent: Self.indent, rendition: .dim)
    }
    if result.findings.isEmpty { return layout.labelled("fine", result.fine, indent: Self.indent) }
    return result.findings.flatMap(lines)
  }

  private func lines(_ finding: DoctorFinding) -> [String] {
    let rendition: TerminalStyle.Rendition? =
      switch finding.severity {
      case .broken: .red
      case .risk: .yellow
      case .note: nil
      }
    return layout.labelled(finding.severity.rawValue, finding.what, indent: Self.indent, rendition: rendition)
      + layout.labelled("", "why: \(finding.why)", indent: Self.indent)
      + layout.labelled("", "do: \(finding.remedy)", indent: Self.indent)
  }

  private var summary: String {
    let checks = CountText.of(report.results.count { $0.skip == nil }, "check", "checks")
    let skipped = report.results.count { $0.skip != nil }
    let rest = skipped == 0 ? "" : "; \(skipped) could not look"
    if report.problems == 0 {
      return layout.style(.green, "The gate is in the way") + ": \(checks)\(rest)."
    }
    let count = CountText.of(report.problems, "finding", "findings")
    return layout.style(.red, "The gate is not as it should be") + ": \(count) in \(checks)\(rest)."
  }
}
