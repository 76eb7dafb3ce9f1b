import ArgumentParser

/// `apt-gate fleet groups`: which node is where.
struct FleetGroupsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "groups", abstract: "See which nodes the fleet's groups and rings take.",
    subcommands: [FleetGroupsCheckCommand.self])
}
