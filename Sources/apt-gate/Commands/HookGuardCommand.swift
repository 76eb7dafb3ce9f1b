import ArgumentParser

/// `apt-gate hook guard`: the process that outlives the hook; hidden from help.
struct HookGuardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guard", abstract: "Watch over a transaction.", shouldDisplay: false)

  @Argument(help: .hidden) var transaction: String

  @OptionGroup var hookOptions: HookOptions

  func run() throws { try GuardRun(settings: hookOptions.settings, id: transaction).run() }
}
