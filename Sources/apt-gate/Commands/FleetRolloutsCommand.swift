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
    let reports = try fleet.ask { try await $0.rollouts(within: FleetOptions.patience) }.rollouts
    try output.print(FleetDocument.status(reports)) { FleetStatusText(reports: reports, layout: $0).list }
  }
}
