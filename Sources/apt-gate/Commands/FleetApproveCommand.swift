import ArgumentParser
import CoordinatorClient

/// `apt-gate fleet approve`.
struct FleetApproveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Agree that a ring may open.")

  @OptionGroup var order: FleetOrder
  @Argument(help: "The ring.") var ring: String

  func run() throws { try order.carryOut(.approve, ring: ring) }
}
