import ArgumentParser

/// `apt-gate hook restart-guard`: the process that settles an owed restart; hidden from help.
struct HookRestartGuardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restart-guard", abstract: "Restart a unit whose restart is owed.", shouldDisplay: false)

  @Argument(help: .hidden) var transaction: String

  @OptionGroup var hookOptions: HookOptions

  func run() throws { try RestartGuard(settings: hookOptions.settings, id: transaction).run() }
}
