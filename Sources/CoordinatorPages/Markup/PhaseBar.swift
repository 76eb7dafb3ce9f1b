internal import GateModel
internal import Rollout

/// The nodes of a ring by what became of them: a bar, and the same in words.
struct PhaseBar {
  private static let width = 1000

  let ring: RolloutReport.Ring

  private var parts: [(word: String, tone: String, count: Int)] {
    func count(_ phases: NodePhase...) -> Int { phases.reduce(0) { $0 + ring.count($1) } }
    return [
      ("soaked", "soaked", count(.soaked)), ("healthy", "healthy", count(.healthy)),
      ("at work", "atwork", count(.granted, .applying, .applied)), ("failed", "failed", count(.failed)),
      ("silent", "failed", count(.silent)), ("waiting", "waiting", count(.waiting)),
      ("skipped", "aside", count(.skipped)), ("not concerned", "aside", count(.unaffected)),
    ].filter { $0.2 > 0 }
  }

  private var unheard: Int { max(0, ring.nodes - parts.reduce(0) { $0 + $1.count }) }

  var fields: [String: Any] {
    var x = 0
    let total = max(ring.nodes, 1)
    var sum = 0
    let rectangles = parts.map { part -> [String: Any] in
      sum += part.count
      let end = Self.width * min(sum, total) / total
      defer { x = end }
      return ["x": x, "width": max(end - x, 4), "tone": part.tone]
    }
    var words = parts.map { ["tone": $0.tone, "text": "\(Fields.grouped($0.count)) \($0.word)"] }
    if unheard > 0 { words.append(["tone": "unheard", "text": "\(Fields.grouped(unheard)) not heard from"]) }
    if words.isEmpty { words.append(["tone": "unheard", "text": "no nodes"]) }
    return [
      "rectangles": rectangles, "words": words,
      "label": "Ring \(ring.name): " + words.map { $0["text"] ?? "" }.joined(separator: ", "),
    ]
  }
}
