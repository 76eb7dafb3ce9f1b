import GateModel
import Rollout

/// What `fleet members ROLLOUT` prints for people: one line for each node that has spoken of the version.
struct FleetMembersText {
  var nodes: [NodeRecord]
  var layout: TextLayout

  var text: String {
    guard !nodes.isEmpty else { return "No node has spoken of this version yet.\n" }
    let nameWidth = min(40, nodes.map { ColumnText.columns(of: $0.node) }.max() ?? 0)
    let ringWidth = min(20, nodes.map { ColumnText.columns(of: $0.ring) }.max() ?? 0)
    return nodes.map { node in
      let name = ColumnText.padded(ColumnText.fitted(DisplayText.line(node.node), to: nameWidth), to: nameWidth)
      let ring = ColumnText.padded(ColumnText.fitted(DisplayText.line(node.ring), to: ringWidth), to: ringWidth)
      let phase = ColumnText.padded(node.phase.rawValue, to: 10)
      let line = "\(name)  \(ring)  " + layout.style(Self.rendition(node.phase), phase) + "  since \(node.since)"
      return line + details(node).map { "\n" + String(repeating: " ", count: 4) + $0 }.joined() + "\n"
    }.joined()
  }

  private func details(_ node: NodeRecord) -> [String] {
    var details: [String] = []
    if let deadline = node.deadline { details.append("must be heard of until \(deadline)") }
    if let reason = node.reason {
      details.append(DisplayText.line((node.by.map { "\($0): " } ?? "") + reason))
    }
    if let unproven = node.unproven {
      details.append(DisplayText.line(WaitReason.unproven(unproven).description))
    }
    return details.flatMap { ColumnText.wrapped($0, to: layout.width - 4) }
  }

  static func rendition(_ phase: NodePhase) -> TerminalStyle.Rendition {
    switch phase {
    case .soaked, .healthy: .green
    case .failed, .silent: .red
    case .granted, .applying, .applied: .cyan
    case .waiting: .yellow
    case .expected, .skipped, .unaffected: .dim
    }
  }
}
