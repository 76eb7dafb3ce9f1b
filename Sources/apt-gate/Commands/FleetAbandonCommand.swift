import ArgumentParser
import CoordinatorClient

/// `apt-gate fleet abandon`.
struct FleetAbandonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "abandon", abstract: "Give a version up for good: it is never offered again.")

  @OptionGroup var order: FleetOrder

  func run() throws { try order.carryOut(.abandon) }
}
