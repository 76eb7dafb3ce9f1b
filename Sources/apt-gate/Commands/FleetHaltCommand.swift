import ArgumentParser
import CoordinatorClient

/// `apt-gate fleet halt`.
struct FleetHaltCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "halt", abstract: "Grant nothing more for a rollout, until it is resumed.")

  @OptionGroup var order: FleetOrder

  func run() throws { try order.carryOut(.halt) }
}
