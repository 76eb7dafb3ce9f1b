import GateModel

/// What `held` prints for people.
struct HeldText {
  var holds: [Hold]
  var owed: [RecordedRestart]
  var layout: TextLayout

  var text: String {
    let blocks = [HoldText(holds: holds, layout: layout).lines, owedLines, summary]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var owedLines: [String] {
    owed.flatMap { restart in
      let sources = restart.sources.isEmpty ? "" : " for \(restart.sources.joined(separator: ", "))"
      return layout.labelled(
        "owed",
        "restart of \(restart.unit) since \(restart.since)\(sources); `apt-gate restart \(restart.unit)` settles it",
        indent: 12)
    }
  }

  private var summary: [String] {
    guard let first = holds.first else { return ["Nothing is held."] }
    return layout.labelled(
      "",
      "\(holds.count == 1 ? "1 update is" : "\(holds.count) updates are") held. `apt-gate explain \(first.source)` shows "
        + "why; `apt-gate approve \(first.heldBy.first ?? first.source) --reason TEXT` lets it through.", indent: 0)
  }
}
