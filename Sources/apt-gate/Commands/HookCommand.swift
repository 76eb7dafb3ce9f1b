import ArgumentParser

/// `apt-gate hook`: what apt calls.
struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook", abstract: "Called by apt only.", subcommands: [HookUpdateCommand.self])
}
