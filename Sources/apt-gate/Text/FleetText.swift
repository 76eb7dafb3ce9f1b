import CoordinatorAPI
import GateModel
import Rollout

/// Rollouts and nodes for people, safe for a terminal.
enum FleetText {
  static func status(_ rollouts: [RolloutDocument]) -> String {
    rollouts.isEmpty ? "no rollout goes on\n" : rollouts.map(rings).joined(separator: "\n")
  }

  static func list(_ rollouts: [RolloutDocument]) -> String {
    rollouts.isEmpty ? "there are no rollouts\n" : rollouts.map { line(head($0)) }.joined()
  }

  static func show(_ rollout: RolloutDocument) -> String {
    let artifacts = (rollout.artifacts ?? []).map { "  \($0)  \($0.sha256)" }
    let journal = (rollout.journal ?? []).map { entry in
      let place = [entry.ring.map { "ring \($0)" }, entry.node].compactMap { $0 }.joined(separator: ", ")
      return "  \(entry.note.at)  \(entry.kind.rawValue)\(place.isEmpty ? "" : " (\(place))"), "
        + "\(entry.note.by): \(entry.note.reason)"
    }
    let parts = (artifacts.isEmpty ? [] : ["packages:"] + artifacts) + (journal.isEmpty ? [] : ["journal:"] + journal)
    return rings(rollout) + parts.map(line).joined()
  }

  static func nodes(_ nodes: [FleetNode]) -> String {
    guard !nodes.isEmpty else { return "no node has checked in\n" }
    let width = nodes.map(\.name.count).max() ?? 0
    return nodes.map { node in
      let name = node.name + String(repeating: " ", count: width - node.name.count)
      let labels = node.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
      let lost = node.lostLabels.isEmpty ? "" : "  LOST \(node.lostLabels.keys.sorted().joined(separator: ","))"
      return line("\(name)  \(node.seen)  \(labels)\(lost)\(node.problem.map { "  NOT WELL: \($0)" } ?? "")")
    }.joined()
  }

  private static func head(_ rollout: RolloutDocument) -> String {
    let note = rollout.note.map { ", \($0.by) at \($0.at): \($0.reason)" } ?? ""
    return "\(rollout.rollout)  \(rollout.status.rawValue)\(note)"
  }

  private static func rings(_ rollout: RolloutDocument) -> String {
    let width = rollout.rings.map(\.name.count).max() ?? 0
    return line(head(rollout))
      + rollout.rings.map { ring in
        let name = ring.name + String(repeating: " ", count: width - ring.name.count)
        let counts = ring.counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
        let state = ring.passed != nil ? "passed" : ring.opened != nil ? "open" : "closed"
        return line("  \(name)  \(bar(ring))  \(state)\(counts.isEmpty ? "" : ", \(counts)")")
          + ring.waits.map { line("    waits: \($0)") }.joined()
      }.joined()
  }

  /// How many of those that are needed have soaked.
  private static func bar(_ ring: RolloutDocument.Ring) -> String {
    let done = ring.counts[NodePhase.soaked.rawValue] ?? 0
    let width = 20
    let filled = ring.needed > 0 ? min(width, done * width / ring.needed) : ring.passed != nil ? width : 0
    return "[" + String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
      + "] \(done)/\(ring.needed) of \(ring.population)"
  }

  private static func line(_ text: String) -> String { DisplayText.line(text) + "\n" }
}
