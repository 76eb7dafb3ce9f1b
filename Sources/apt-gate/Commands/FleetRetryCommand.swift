import ArgumentParser
import CoordinatorClient

/// `apt-gate fleet retry`.
struct FleetRetryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retry", abstract: "Let a node that failed or was skipped try again.")

  @OptionGroup var order: FleetOrder
  @Argument(help: "The node.") var node: String

  func run() throws { try order.carryOut(.retry, node: node) }
}
