import ArgumentParser
import CoordinatorClient

/// `apt-gate fleet resume`.
struct FleetResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Let a halted rollout go on; failures so far count no more.")

  @OptionGroup var order: FleetOrder

  func run() throws { try order.carryOut(.resume) }
}
