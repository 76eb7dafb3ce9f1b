import ArgumentParser

/// `apt-gate hook boot`: sweeps what was left when the node went down.
struct HookBootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "boot", abstract: "Finish what was left when the node went down.",
    discussion: "Called by apt-gate-sweep.service.")

  @OptionGroup var hookOptions: HookOptions

  func run() throws { try BootSweep(settings: hookOptions.settings).run() }
}
