import GateEngine
import GateModel

/// The end of `check`: how many of what, what it rests on, what to do next.
struct CheckSummaryText {
  var report: CheckReport
  var layout: TextLayout

  private var summary: CheckSummary { report.summary }

  var lines: [String] {
    (report.warnings.map { "apt warns: \($0)" } + report.nothingPending.map { "`\($0)`: no update is pending" })
      .flatMap { layout.labelled("", $0, indent: 0) }
      + ([counts, basis].compactMap { $0 } + UnknownFactsText(report: report).lines
      + [next, enforcement].compactMap { $0 }).flatMap { layout.labelled("", $0, indent: 0) }
  }

  private var counts: String? {
    guard summary.total > 0 else { return report.nothingPending.isEmpty ? "No update is pending." : nil }
    let verdicts = Verdict.allCases.sorted(by: >).filter { summary.count(of: $0) > 0 }
      .map { "\(summary.count(of: $0)) \($0.rawValue)" }.joined(separator: ", ")
    let keptBack = summary.keptBack == 0 ? "" : " apt itself keeps back \(Self.packages(summary.keptBack))."
    return "\(Self.updates(summary.total)): \(verdicts). \(held)\(keptBack)"
  }

  private var held: String {
    summary.held == 0 ? "Nothing is held." : "\(summary.held) held, \(summary.total - summary.held) may apply."
  }

  private var basis: String? {
    guard summary.total > 0 else { return nil }
    let parts: [(count: Int, words: String)] = [
      (summary.count(of: EvidenceBasis.candidate), "read from the new .deb"),
      (summary.count(of: EvidenceBasis.installed), "assumed from the installed version's scripts"),
      (summary.count(of: EvidenceBasis.unknown), "not known"),
    ]
    let text = parts.filter { $0.count > 0 }.map { "\($0.count) \($0.words)" }.joined(separator: ", ")
    let isAssumed = report.changes.contains { $0.isGated && $0.basis != .candidate && $0.change.to != nil }
    return "Effects: \(text)." + (isAssumed ? " `--download` fetches and reads the gated ones' new .debs." : "")
  }

  private var next: String? {
    guard let first = report.changes.first(where: { $0.verdict != .allow }) else { return nil }
    return "Next: `apt-gate explain \(first.change.source)` shows why, and what would clear it."
  }

  /// What an administrator must not be left to assume.
  private var enforcement: String? {
    guard report.changes.contains(where: { $0.verdict != .allow }) else { return nil }
    return "`check` only reports; `apt-gate sync` makes apt follow."
  }

  private static func updates(_ count: Int) -> String { count == 1 ? "1 update" : "\(count) updates" }
  private static func packages(_ count: Int) -> String { count == 1 ? "1 package" : "\(count) packages" }
}
