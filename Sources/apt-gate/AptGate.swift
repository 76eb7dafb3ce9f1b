import ArgumentParser
import GateModel
import Glibc

// apt-gate: the commands.
//
// Knows: the command line, how results look, and how the rooms are put together (Gate.swift).
// Must never know: how apt, packages or policies work inside.

/// The command `apt-gate`.
@main
struct AptGate: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "apt-gate", abstract: "Decide whether pending apt updates may apply on this node.",
    discussion: """
      apt-gate works out what every pending update would do to this node, and decides by policy. \
      Start with `apt-gate check`: it needs no root, no set-up, and changes nothing.

      Exit codes: 0 done, nothing is held; 1 could not be done; 2 done, something is held; 3 a check failed; \
      4 undetermined; 64 wrong usage.
      """,
    version: version,
    subcommands: [
      CheckCommand.self, ExplainCommand.self, InspectCommand.self, SyncCommand.self, HeldCommand.self,
      ApproveCommand.self, RevokeCommand.self, RestartCommand.self, PolicyCommand.self, NetworkCommand.self,
      LedgerCommand.self, ReportCommand.self, DoctorCommand.self, FleetCommand.self, HookCommand.self,
      CompletionCommand.self,
    ])

  static func main() {
    StandardStream.prepare()
    if let call = AptCall(CommandLine.arguments.dropFirst()) { Glibc.exit(call.run().rawValue) }
    do {
      var command = try parseAsRoot(CommandLineWords.normalized(CommandLine.arguments.dropFirst()))
      try command.run()
    } catch {
      Glibc.exit(status(of: error))
    }
  }

  /// Ends a command that did its work with a status that is not 0.
  static func finish(_ status: ExitStatus) throws {
    if status != .done { throw ExitCode(status.rawValue) }
  }

  /// The status to exit with. `network guard` passes on that of the command it ran, whatever it is.
  private static func status(of error: any Error) -> Int32 {
    (error as? ExitCode)?.rawValue ?? report(error).rawValue
  }

  /// Tells `error` where it belongs, and gives the status to exit with.
  private static func report(_ error: any Error) -> ExitStatus {
    let code = exitCode(for: error)
    let told = fullMessage(for: error)
    do {
      if code.isSuccess {
        try StandardStream.output.write(told + "\n")
        return .done
      }
      if code == .validationFailure {
        try StandardStream.error.write(usageText(told))
        return .usage
      }
      let failure = CommandFailure(describing: error)
      try StandardStream.error.write(failure.text)
      return failure.status
    } catch {
      return .failed
    }
  }

  /// A usage error as the other errors look: `Error: ` is the argument parser's way.
  private static func usageText(_ told: String) -> String {
    let message = told.hasPrefix("Error: ") ? "apt-gate: " + told.dropFirst("Error: ".count) : told
    return message.split(separator: "\n", omittingEmptySubsequences: false)
      .map { DisplayText.line(String($0)) + "\n" }.joined()
  }
}
