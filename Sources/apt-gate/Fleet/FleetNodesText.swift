import GateModel
import Rollout

/// What `fleet nodes` prints for people: one line for each node, and below it what is wrong with it.
struct FleetNodesText {
  var nodes: [FleetNode]
  /// What contradicts their ledgers, by name.
  var alarms: [String: String] = [:]
  var layout: TextLayout

  var text: String {
    guard !nodes.isEmpty else { return "No node has checked in.\n" }
    let width = min(40, nodes.map { ColumnText.columns(of: $0.name) }.max() ?? 0)
    return nodes.map { node in
      let name = ColumnText.padded(ColumnText.fitted(DisplayText.line(node.name), to: width), to: width)
      let labels = node.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
      let lines = ["\(name)  \(node.seen)  \(DisplayText.line(labels))"] + problems(node)
      return lines.map { $0 + "\n" }.joined()
    }.joined()
  }

  private func problems(_ node: FleetNode) -> [String] {
    let lost = node.lostLabels.sorted { $0.key < $1.key }.map { "has lost the label `\($0.key)` since \($0.value)" }
    let alarm = alarms[node.name].map { ["its ledger contradicts what was seen of it: \($0)"] } ?? []
    let problems = alarm + (node.problem.map { ["is not well: \($0)"] } ?? []) + lost
    return problems.flatMap { layout.labelled("", $0, indent: 4, rendition: .red) }
  }
}
