import ArgumentParser
import CoordinatorClient
import GateModel

/// `apt-gate fleet forget`.
struct FleetForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Take a node that is gone for good out of the fleet.")

  @Argument(help: "The node.") var node: String
  @Option(help: ArgumentHelp("Why; it is kept with your name.", valueName: "text")) var reason: String
  @OptionGroup var fleet: FleetOptions

  func run() throws {
    do {
      try fleet.ask { try await $0.forget(node, because: reason, within: FleetOptions.patience) }
    } catch let error as CoordinatorClientError where error.code == .unreachable {
      throw CommandFailure(
        message: "\(error)", hint: "`apt-gate fleet nodes` says whether it was forgotten all the same")
    }
    try StandardStream.output.write("forgotten: \(DisplayText.line(node))\n")
  }
}
