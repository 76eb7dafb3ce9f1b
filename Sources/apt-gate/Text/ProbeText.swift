import NetworkState

/// What `network probe` prints for people: each target, and what speaks against the choice.
struct ProbeText {
  var document: ProbeDocument
  var layout: TextLayout

  var text: String {
    let lines =
      document.results.flatMap(line)
      + document.objections.flatMap { objection in
        layout.labelled("note: ", objection.description, indent: 6, rendition: .yellow)
      }
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(_ result: ProbeResult) -> [String] {
    let words =
      result.failure.map { "\(result.target): \($0)" } ?? "\(result.target) answered in \(result.microseconds) µs"
    return layout.labelled(
      result.isAlive ? "alive " : "dead  ", words, indent: 6, rendition: result.isAlive ? .green : .red)
  }
}
