import ArgumentParser
import CoordinatorClient

/// `apt-gate fleet promote`.
struct FleetPromoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "promote", abstract: "Let a ring pass, whatever it waits for, and those before it.")

  @OptionGroup var order: FleetOrder
  @Argument(help: "The ring.") var ring: String

  func run() throws { try order.carryOut(.promote, ring: ring) }
}
