import Documents
import GateModel
import Policy

/// What `policy test` prints for people: each case, what is broken, which rules fired how often.
struct PolicyTestText {
  var suite: PolicyTestSuite
  var layout: TextLayout

  var text: String {
    let blocks = suite.results.filter { !$0.report.outcomes.isEmpty }.map(folder) + [broken, coverage, [summary]]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private func folder(_ result: PolicyTestSuite.Result) -> [String] {
    [layout.style(.bold, DisplayText.line(result.folder))] + result.report.outcomes.flatMap(lines)
  }

  private func lines(_ outcome: PolicyTestReport.Outcome) -> [String] {
    let mark = outcome.passed ? layout.style(.green, "ok") + "   " : layout.style(.red, "FAIL") + " "
    let name = ColumnText.wrapped(DisplayText.line(outcome.name), to: layout.width - 7)
    let details = outcome.failures + (outcome.passed ? [] : ["at \(outcome.place)"])
    return ["  " + mark + (name.first ?? "")] + name.dropFirst().map { "       " + $0 }
      + details.flatMap { layout.labelled("", $0, indent: 9) }
  }

  private var broken: [String] {
    suite.diagnostics.filter { $0.code != .untested }.map { DiagnosticText(diagnostic: $0, style: layout.style).text }
  }

  private var coverage: [String] {
    let rules = suite.coverage
    guard !rules.isEmpty else { return [] }
    let columns = (rules.map { ColumnText.columns(of: $0.rule) }.max() ?? 0) + 2
    let header = ColumnText.padded("RULE", to: max(columns, 6)) + "FIRED  NOT FIRED"
    return [layout.style(.bold, header)]
      + rules.map { rule in
        let fired = ColumnText.padded("\(rule.fired)", to: 7)
        return ColumnText.padded(rule.rule, to: max(columns, 6))
          + (rule.fired == 0 ? layout.style(.yellow, fired) : fired) + "\(rule.notFired)"
      }
  }

  private var summary: String {
    let cases = suite.results.flatMap(\.report.outcomes)
    let failed = cases.count { !$0.passed }
    let rules = suite.coverage
    let tested = rules.count { $0.fired > 0 }
    return
      "\(cases.count - failed) passed, \(failed) failed; \(tested) of \(CountText.of(rules.count, "rule", "rules"))"
      + " fired in a test"
  }
}

extension PolicyTestSuite {
  /// How often each rule took part, over all folders, sorted by rule.
  var coverage: [PolicyTestReport.Coverage] {
    guard var total = results.first?.report else { return [] }
    for result in results.dropFirst() { total.add(result.report) }
    return total.coverage
  }
}
