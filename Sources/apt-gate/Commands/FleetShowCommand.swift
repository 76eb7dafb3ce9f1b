import ArgumentParser
import CoordinatorAPI
import CoordinatorClient
import Rollout

/// `apt-gate fleet show`: one rollout with its journal.
struct FleetShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one rollout: rings, packages, slots, and what happened.")

  @Argument(help: "The rollout, as `SOURCE=VERSION`.") var rollout: String
  @OptionGroup var fleet: FleetOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let id = try RolloutID(argument: rollout)
    let document = try fleet.ask { try await $0.rollout(id, within: FleetOptions.patience) }
    try output.print(FleetDocument.show(document)) { FleetShowText(document: document, layout: $0).text }
  }
}
