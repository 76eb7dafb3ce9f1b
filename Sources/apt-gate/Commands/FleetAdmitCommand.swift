import ArgumentParser
import CoordinatorClient

/// `apt-gate fleet admit`.
struct FleetAdmitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "admit", abstract: "Let a node install what no earlier ring ran.")

  @OptionGroup var order: FleetOrder
  @Argument(help: "The node.") var node: String

  func run() throws { try order.carryOut(.admit, node: node) }
}
