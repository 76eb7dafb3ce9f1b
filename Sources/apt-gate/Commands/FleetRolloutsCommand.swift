import ArgumentParser
import CoordinatorAPI
import CoordinatorClient

/// `apt-gate fleet rollouts`: every rollout, those that are over too.
struct FleetRolloutsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rollouts", abstract: "List every rollout, those that are over too.")

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let list = try fleet.ask { try await $0.rollouts(within: FleetOptions.patience) }.rollouts
    try output.print(FleetRolloutsDocument(rollouts: list).json) { _ in FleetText.list(list) }
  }
}
