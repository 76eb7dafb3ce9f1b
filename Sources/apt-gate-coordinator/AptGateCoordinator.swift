import ArgumentParser

/// The fleet's coordinator: rings, slots, soak and halt for apt updates, and FleetLock.
@main
struct AptGateCoordinator: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apt-gate-coordinator",
    abstract: "Let apt updates reach a fleet of nodes ring by ring, and stop them when nodes get worse.",
    subcommands: [ServeCommand.self, CheckConfigCommand.self, TokenCommand.self])
}
