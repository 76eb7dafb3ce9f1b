import GateModel
import Rollout

/// What `fleet status` and `fleet rollouts` print for people.
struct FleetStatusText {
  /// Those that go on, or all.
  var reports: [RolloutReport]
  var layout: TextLayout

  var text: String {
    guard !reports.isEmpty else { return "No rollout goes on.\n" }
    return reports.map { lines(of: $0).joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  /// One line for each rollout.
  var list: String {
    guard !reports.isEmpty else { return "No rollout is known.\n" }
    let width = reports.map { $0.id.description.count }.max() ?? 0
    return reports.map { report in
      let bars = report.rings.map { RingBar(ring: $0, width: 1) }
      let updated = bars.reduce(0) { $0 + $1.updated }
      let total = bars.reduce(0) { $0 + $1.total }
      let failed = bars.reduce(0) { $0 + $1.failed }
      let failures = failed > 0 ? ", \(failed) failed" : ""
      return ColumnText.padded(report.id.description, to: width) + "  "
        + layout.style(Self.rendition(report.status), ColumnText.padded(report.status.rawValue, to: 10))
        + "  \(updated) of \(total) nodes\(failures)\n"
    }.joined()
  }

  func lines(of report: RolloutReport) -> [String] {
    let title = "\(report.id.source) \(report.id.version)"
    var lines = [
      layout.style(.bold, DisplayText.line(title)) + "  "
        + layout.style(Self.rendition(report.status), report.status.rawValue) + "  begun \(report.created)"
    ]
    if report.status != .active, let note = report.note {
      lines += layout.labelled("", "\(note.by): \(note.reason)", indent: 2)
    }
    let width = report.rings.map { ColumnText.columns(of: $0.name) }.max() ?? 0
    for ring in report.rings { lines += self.lines(of: ring, nameWidth: width) }
    return lines
  }

  private func lines(of ring: RolloutReport.Ring, nameWidth: Int) -> [String] {
    let bar = RingBar(ring: ring, width: layout.width >= 100 ? 40 : 20)
    let drawn = layout.style(bar.failed > 0 ? .red : ring.state == .passed ? .green : .cyan, bar.text)
    let facts = ["\(bar.updated)/\(bar.total)", ring.state.rawValue] + details(bar)
    var lines = [
      "  " + ColumnText.padded(ring.name, to: nameWidth) + "  [\(drawn)]  " + facts.joined(separator: ", ")
    ]
    // What every ring behind a closed one waits for is said at that one.
    for reason in ring.waiting where !reason.isHalt {
      lines += layout.labelled("", reason.text, indent: nameWidth + 4, rendition: .yellow)
    }
    return lines
  }

  private func details(_ bar: RingBar) -> [String] {
    let counts = [
      ("at work", bar.atWork), ("failed", bar.failed), ("soaking", bar.ring.count(.healthy)),
      ("skipped", bar.ring.count(.skipped)), ("not concerned", bar.ring.count(.unaffected)),
    ]
    return counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
  }

  static func rendition(_ status: RolloutStatus) -> TerminalStyle.Rendition {
    switch status {
    case .active: .cyan
    case .completed: .green
    case .halted, .abandoned: .red
    case .superseded: .dim
    }
  }
}

extension RolloutReport.Wait {
  /// Whether the rollout's own line says it already.
  fileprivate var isHalt: Bool { kind == "halted" }
}
