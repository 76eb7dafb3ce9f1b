import ArgumentParser
import CoordinatorClient
import Rollout

/// `apt-gate fleet nodes`: the nodes that have checked in.
struct FleetNodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nodes", abstract: "List the nodes with their labels, and when they checked in last.")

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let listed = try fleet.ask { try await $0.nodesWithAlarms(within: FleetOptions.patience) }
    let nodes = listed.map(\.node)
    let alarms = Dictionary(listed.compactMap { one in one.alarm.map { (one.node.name, $0) } }) { first, _ in first }
    try output.print(FleetDocument.nodes(nodes, alarms: alarms)) {
      FleetNodesText(nodes: nodes, alarms: alarms, layout: $0).text
    }
  }
}
