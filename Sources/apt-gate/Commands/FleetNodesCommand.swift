import ArgumentParser
import CoordinatorClient

/// `apt-gate fleet nodes`: the nodes that have checked in.
struct FleetNodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nodes", abstract: "List the nodes with their labels, and when they checked in last.")

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let nodes = try fleet.ask { try await $0.nodes(within: FleetOptions.patience) }
    try output.print(FleetDocument.nodes(nodes)) { FleetNodesText(nodes: nodes, layout: $0).text }
  }
}
