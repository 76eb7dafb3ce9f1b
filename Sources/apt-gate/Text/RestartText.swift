import GateModel

/// What `restart UNIT` says.
struct RestartText {
  var report: RestartReport

  var text: String { lines.map { DisplayText.line($0) + "\n" }.joined() }

  /// In one line, for the journal.
  var summary: String { lines.joined(separator: "; ") }

  private var lines: [String] {
    switch report.outcome {
    case .done: ["\(report.unit) was restarted; nothing is owed for it any more"] + network
    case .incomplete: ["\(report.unit) was restarted, and not all of the network is there again"] + network
    case .failed:
      ["\(report.unit) was not restarted and is still owed: \(report.problem ?? "no reason was given")"] + network
    case .held: ["\(report.unit) may not be restarted now"] + report.decisions.filter(\.verdict.isHeld).flatMap(reason)
    }
  }

  private var network: [String] {
    report.lost == 0
      ? ["the network is as it was"]
      : ["\(report.lost) objects of the network were lost, \(report.restored) of them are there again"]
  }

  private func reason(_ decision: Decision) -> [String] {
    let rules = decision.decidedBy.map { "`\($0)`" }.joined(separator: ", ")
    return [
      "  \(decision.verdict.rawValue)\(rules.isEmpty ? "" : " by \(rules)"): \(decision.message ?? "no reason is given")"
    ]
      + (decision.clearsWhen.map { ["  clears when: \($0)"] } ?? [])
  }
}
