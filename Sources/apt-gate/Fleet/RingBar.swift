import Rollout

/// A ring's nodes as a bar: `#` soaked, `=` well, `>` at work, `!` failed, `.` the rest.
struct RingBar {
  var ring: RolloutReport.Ring
  var width: Int

  private enum Part: String, CaseIterable { case soaked = "#", healthy = "=", atWork = ">", failed = "!" }

  /// Nodes that the update concerns.
  var total: Int { max(0, ring.nodes - ring.count(.skipped) - ring.count(.unaffected)) }
  var updated: Int { ring.count(.soaked) + ring.count(.healthy) }
  var atWork: Int { NodePhase.allCases.filter(\.isAtWork).reduce(0) { $0 + ring.count($1) } }
  var failed: Int { NodePhase.allCases.filter(\.isFailure).reduce(0) { $0 + ring.count($1) } }

  private func count(_ part: Part) -> Int {
    switch part {
    case .soaked: ring.count(.soaked)
    case .healthy: ring.count(.healthy)
    case .atWork: atWork
    case .failed: failed
    }
  }

  /// As wide as asked for. Nothing that there is takes no room: one failure of a thousand is seen.
  var text: String {
    guard total > 0 else { return String(repeating: ".", count: width) }
    var cells = Part.allCases.map { part in count(part) == 0 ? 0 : max(1, count(part) * width / total) }
    while cells.reduce(0, +) > width, let widest = cells.indices.max(by: { cells[$0] < cells[$1] }) {
      cells[widest] -= 1
    }
    // All of them is a full bar.
    if Part.allCases.reduce(0, { $0 + count($1) }) >= total,
      let widest = cells.indices.max(by: { cells[$0] < cells[$1] })
    {
      cells[widest] += width - cells.reduce(0, +)
    }
    let drawn = zip(Part.allCases, cells).map { String(repeating: $0.rawValue, count: $1) }.joined()
    return drawn + String(repeating: ".", count: width - drawn.count)
  }
}
