import ArgumentParser
import CoordinatorClient
import GateModel

/// `apt-gate fleet forget`.
struct FleetForgetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget", abstract: "Take a node that is gone for good out of the fleet.",
    discussion: """
      What it told for reports goes with it: make a report before, if one is due. What it did in rollouts, the last \
      checkpoint of its ledger that was countersigned, and any evidence against it are kept.
      """)

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
    try StandardStream.output.write(
      """
      forgotten: \(DisplayText.line(node))
      what was seen of its ledger, and what contradicts it, is kept: `apt-gate fleet evidence` shows it

      """)
  }
}
