import ArgumentParser

/// `apt-gate hook command`: what is held, where an `apt` command fails for it.
struct HookCommandCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "command", abstract: "Say what is held, where a command of apt fails for it. Always exits with 0.",
    discussion: "Called by AptCli::Hooks::Install.")

  @OptionGroup var nodeOptions: NodeOptions

  func run() throws { try? CommandHook().run(nodeOptions) }
}
