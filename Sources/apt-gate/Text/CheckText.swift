import GateEngine
import GateModel

/// What `check` prints for people: a table, strictest verdict first, then what apt keeps back and a summary.
struct CheckText {
  var report: CheckReport
  var layout: TextLayout

  /// Columns of the widest verdict and two spaces.
  private static let verdictColumns = 14
  /// Longer names are cut in the middle; `explain` and `--json` have them whole.
  private static let mostNameColumns = 30

  var text: String {
    let blocks =
      [table, KeptBackText(packages: report.keptBack, layout: layout).lines]
      + [CheckSummaryText(report: report, layout: layout).lines]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var table: [String] {
    guard !report.changes.isEmpty else { return [] }
    let header =
      ColumnText.padded("VERDICT", to: Self.verdictColumns)
      + ColumnText.padded("PACKAGE", to: nameColumns + 2) + "VERSIONS"
    var lines = [layout.style(.bold, header)]
    var previous: Verdict?
    for checked in report.changes {
      if let previous, previous != checked.verdict { lines.append("") }
      lines += rows(of: checked)
      previous = checked.verdict
    }
    return lines
  }

  private var nameColumns: Int {
    let longest = report.changes.map { ColumnText.columns(of: DisplayText.line($0.change.source)) }.max() ?? 0
    return min(max(longest, "PACKAGE".count), Self.mostNameColumns, max(8, layout.width / 3))
  }

  private func rows(of checked: CheckedChange) -> [String] {
    [headRow(of: checked)] + binariesRows(of: checked) + (checked.verdict == .allow ? allowedRows : heldRows)(checked)
  }

  private func headRow(of checked: CheckedChange) -> String {
    let change = checked.change
    let verdict = checked.verdict.rawValue
    let name = ColumnText.fitted(DisplayText.line(change.source), to: nameColumns)
    let mark = change.action == .downgrade ? "  downgrade" : change.isSecurity ? "  security" : ""
    let room = layout.width - Self.verdictColumns - nameColumns - 2
    let versions = VersionPhrase.text(from: change.from, to: change.to, columns: room)
    let markFits = ColumnText.columns(of: versions) + mark.count <= room
    return layout.style(checked.verdict.rendition, verdict)
      + String(repeating: " ", count: Self.verdictColumns - verdict.count)
      + layout.style(.bold, name) + String(repeating: " ", count: nameColumns + 2 - ColumnText.columns(of: name))
      + versions + (markFits ? layout.style(.dim, mark) : "")
  }

  /// The binary packages, where they are not just the one that is called like the source.
  private func binariesRows(of checked: CheckedChange) -> [String] {
    let names = BinaryNames.text(of: checked.change.binaries)
    return names == checked.change.source ? [] : row("packages", names)
  }

  /// Allowed changes are condensed: nothing to say of files alone, and the rule in one line at most.
  private func allowedRows(_ checked: CheckedChange) -> [String] {
    let effects = EffectPhrase.isQuiet(checked.effects) ? [] : effectRows(of: checked)
    let rule = DisplayText.line(ruleText(of: checked))
    return effects + row("rule", ColumnText.shortened(rule, to: layout.width - Self.verdictColumns))
  }

  private func heldRows(_ checked: CheckedChange) -> [String] {
    let rule = ruleText(of: checked)
    return effectRows(of: checked) + row("rule", rule.isEmpty ? checked.verdict.meaning : rule)
      + (checked.decision.clearsWhen.map { row("clears", $0) } ?? [])
      + checked.decision.escalations.flatMap { row("escalate", EscalationPhrase.text($0)) }
  }

  private func effectRows(of checked: CheckedChange) -> [String] {
    row("would do", EffectPhrase.summary(of: checked.effects, action: checked.change.action))
  }

  /// The deciding rules and why; empty if no rule is about the change.
  private func ruleText(of checked: CheckedChange) -> String {
    let rules = checked.decision.decidedBy.joined(separator: ", ")
    return [rules, checked.decision.message ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
  }

  private func row(_ label: String, _ text: String) -> [String] {
    layout.labelled("    \(label)", text, indent: Self.verdictColumns)
  }
}

/// Names of binary packages for one line.
enum BinaryNames {
  /// The names without repeats; with its architecture where one name stands for several packages.
  static func text(of binaries: [BinaryChange]) -> String {
    let repeated = Dictionary(grouping: binaries, by: \.name).filter { $0.value.count > 1 }
    return binaries.map { repeated[$0.name] == nil ? $0.name : "\($0.name):\($0.architecture)" }
      .joined(separator: ", ")
  }
}
