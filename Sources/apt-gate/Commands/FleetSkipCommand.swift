import ArgumentParser
import CoordinatorClient

/// `apt-gate fleet skip`.
struct FleetSkipCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip", abstract: "Go on without a node.")

  @OptionGroup var order: FleetOrder
  @Argument(help: "The node.") var node: String

  func run() throws { try order.carryOut(.skip, node: node) }
}
