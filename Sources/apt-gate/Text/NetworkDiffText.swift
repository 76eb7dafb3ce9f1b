import GateModel
import NetworkState
import NetworkSystem

/// What `network diff` prints for people: counts, protected losses, then the rest, by table and protocol.
struct NetworkDiffText {
  var diff: NetworkDiff
  var layout: TextLayout

  var text: String {
    let lines =
      layout.labelled("from  ", title(diff.before), indent: 6) + layout.labelled("to    ", title(diff.after), indent: 6)
      + diff.notes.flatMap { layout.labelled("note: ", $0, indent: 6, rendition: .yellow) } + [""] + counts
      + section("Protected losses", losses: true) + section("Other differences", losses: false)
    return lines.map { $0 + "\n" }.joined()
  }

  private func title(_ view: NetworkView) -> String {
    view.manifest.map { "\(view.name) (\($0.why), on \($0.host))" } ?? view.name
  }

  private var counts: [String] {
    let expected = diff.drift.expectedCount
    let suffix = expected == 0 ? "" : "; \(expected) left out as expected"
    if diff.entries.isEmpty { return ["No difference\(suffix)."] }
    let changes = [("removed", Drift.Difference.Change.removed), ("added", .added), ("changed", .changed)]
    let counted = changes.map { "\(diff.count($0.1)) \($0.0)" }.joined(separator: ", ")
    let lost = CountText.of(diff.protectedLossCount, "protected loss", "protected losses")
    return [layout.style(diff.protectedLossCount == 0 ? .bold : .red, lost) + "; \(counted)\(suffix)"]
  }

  private func section(_ title: String, losses: Bool) -> [String] {
    let groups = diff.groups(protectedLosses: losses)
    guard !groups.isEmpty else { return [] }
    return ["", layout.style(.bold, title)] + groups.flatMap(lines)
  }

  private func lines(_ group: NetworkDiff.Group) -> [String] {
    let filed = [group.table.map { "table \($0)" }, group.protocol.map { "protocol \($0)" }].compactMap(\.self)
    let heading = ([group.kind.counted(group.entries.count)] + filed).joined(separator: ", ")
    return ["  " + layout.style(.cyan, DisplayText.line(heading))] + group.entries.flatMap { lines($0, group) }
  }

  private func lines(_ entry: NetworkDiff.Entry, _ group: NetworkDiff.Group) -> [String] {
    let objects = diff.objects(entry)
    let before = objects.before.map { "- " + line($0, group) }.map { "    " + layout.style(.red, $0) }
    let after = objects.after.map { "+ " + line($0, group) }.map { "    " + layout.style(.green, $0) }
    return [before, after].compactMap(\.self)
  }

  /// Without what the heading says of routes.
  private func line(_ object: DescribedObject, _ group: NetworkDiff.Group) -> String {
    object.safeLine(of: group.kind, omitting: group.kind == .route ? ["table", "protocol"] : [])
  }
}
