import ArgumentParser

/// `apt-gate hook post-install`: dpkg is done.
struct HookPostInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "post-install", abstract: "Look after the node once dpkg is done.",
    discussion: "Called by apt as DPkg::Post-Invoke. Never fails apt.")

  @OptionGroup var hookOptions: HookOptions

  func run() throws { PostInstallHook(settings: hookOptions.settings).run() }
}
