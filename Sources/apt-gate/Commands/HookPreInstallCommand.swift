import ArgumentParser

/// `apt-gate hook pre-install`: reads what apt is about to do, and lets it or refuses it.
struct HookPreInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pre-install", abstract: "Decide on apt's transaction, and prepare the node for it.",
    discussion: """
      Called by apt as DPkg::Pre-Install-Pkgs. Reads what apt is about to do from standard input or the descriptor in \
      APT_HOOK_INFO_FD. Exits with 0 if dpkg may run, with 2 if something in it is held, with 4 if it could not be \
      told; nothing is changed then.
      """)

  @OptionGroup var hookOptions: HookOptions

  func run() throws { try AptGate.finish(PreInstallHook(hookOptions.choice).run()) }
}
