import ArgumentParser

/// The fleet's coordinator: rings, slots, soak and halt for apt updates, and FleetLock.
@main
struct AptGateCoordinator: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apt-gate-coordinator",
    abstract: "Let apt updates reach a fleet of nodes ring by ring, and stop them when nodes get worse.",
    discussion: "Exit codes: 0 done; 1 could not be done; 64 wrong usage.",
    subcommands: [ServeCommand.self, CheckConfigCommand.self, TokenCommand.self])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      guard exitCode(for: error) == .failure else { exit(withError: error) }
      StandardError.tell("apt-gate-coordinator: \(error)")
      exit(withError: ExitCode.failure)
    }
  }
}
