import ArgumentParser

/// `apt-gate hook`: what apt calls.
struct HookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hook", abstract: "Stand between apt and dpkg; called by apt only.",
    subcommands: [
      HookUpdateCommand.self,
      HookPreInstallCommand.self, HookPostInstallCommand.self, HookBootCommand.self, HookGuardCommand.self,
      HookRestartGuardCommand.self, HookCommandCommand.self, HookNotifyCommand.self,
    ])
}
