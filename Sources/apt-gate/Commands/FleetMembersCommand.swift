import ArgumentParser
import CoordinatorClient
import Rollout

/// `apt-gate fleet members`: the nodes of one rollout.
struct FleetMembersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "members", abstract: "List the nodes that have spoken of a rollout, and what each is at.")

  @Argument(help: "The rollout, as `SOURCE=VERSION`.") var rollout: String
  @OptionGroup var fleet: FleetOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let id = try RolloutID(argument: rollout)
    let nodes = try fleet.ask { try await $0.members(of: id, within: FleetOptions.patience) }
    try output.print(FleetDocument.members(nodes)) { FleetMembersText(nodes: nodes, layout: $0).text }
  }
}
