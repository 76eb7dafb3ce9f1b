import Policy

/// What `policy diff` prints for people: the relation, then each difference with an example.
struct PolicyDiffText {
  var diff: PolicyDiff
  var layout: TextLayout

  var text: String {
    let lines = diff.text.split(separator: "\n").enumerated().flatMap { index, line in
      let text = line.drop { $0 == " " }
      return layout.labelled("", String(text), indent: line.count - text.count, rendition: rendition(index, text))
    }
    return (lines + cutOff).map { $0 + "\n" }.joined()
  }

  /// What a person must not be left to assume.
  private var cutOff: [String] {
    guard diff.isSampled else { return [] }
    let tried = diff.compared - diff.recorded
    return layout.labelled(
      "",
      "A sample: \(tried) of the \(diff.possible) facts that the rules name were tried, some for every rule. "
        + "Compare single policies too.", indent: 0, rendition: .yellow)
  }

  private func rendition(_ index: Int, _ line: Substring) -> TerminalStyle.Rendition? {
    if index == 0 { return .bold }
    return line.hasPrefix("looser:") ? .red : line.hasPrefix("stricter:") ? .green : nil
  }
}
