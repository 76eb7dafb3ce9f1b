import GateModel

/// What is held, for people: each source with its versions, why, since when, and what clears it.
struct HoldText {
  var holds: [Hold]
  var layout: TextLayout

  private static let indent = 12

  var lines: [String] { holds.flatMap(lines) }

  private func lines(of hold: Hold) -> [String] {
    let versions = hold.versions.map { DisplayText.line($0.text) }.joined(separator: ", ")
    let head = layout.style(.bold, DisplayText.line(hold.source)) + "  " + versions
    let rules = [hold.decidedBy.joined(separator: ", "), hold.message ?? ""].filter { !$0.isEmpty }
    return [head]
      + (hold.heldBy.isEmpty
        ? row("verdict", hold.verdict.rawValue) : row("held by", hold.heldBy.joined(separator: ", ")))
      + (rules.isEmpty ? [] : row("why", rules.joined(separator: ": ")))
      + (hold.since.map { row("since", $0.description) } ?? [])
      + (hold.clearsWhen.map { row("clears", $0) } ?? [])
      + (hold.waitsFor.map { row("waits", $0) } ?? [])
  }

  private func row(_ label: String, _ text: String) -> [String] {
    layout.labelled("  \(label)", text, indent: Self.indent)
  }
}
