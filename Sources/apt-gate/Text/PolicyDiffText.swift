import Policy

/// What `policy diff` prints for people: the relation, then each difference with an example.
struct PolicyDiffText {
  var diff: PolicyDiff
  var layout: TextLayout

  var text: String {
    diff.text.split(separator: "\n").enumerated().flatMap { index, line in
      let text = line.drop { $0 == " " }
      return layout.labelled("", String(text), indent: line.count - text.count, rendition: rendition(index, text))
    }.map { $0 + "\n" }.joined()
  }

  private func rendition(_ index: Int, _ line: Substring) -> TerminalStyle.Rendition? {
    if index == 0 { return .bold }
    return line.hasPrefix("looser:") ? .red : line.hasPrefix("stricter:") ? .green : nil
  }
}
