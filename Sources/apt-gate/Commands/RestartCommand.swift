import ArgumentParser

/// `apt-gate restart`: settles an owed restart.
struct RestartCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restart", abstract: "Restart a unit whose restart is owed, and keep the network alive meanwhile.",
    discussion: """
      Restarts only what a shield has kept out, and only if the policies let it now. Everything of the network that the \
      restart takes away is put back at once. Exits with 2 if the policies hold it, with 3 if not all of the network is \
      there again, with 1 if it was not restarted.
      """)

  @Argument(help: ArgumentHelp("The unit, such as `systemd-networkd.service`.", valueName: "unit"))
  var unit: String

  @OptionGroup var hookOptions: HookOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let settings = hookOptions.settings
    let name = unit.contains(".") ? unit : unit + ".service"
    let report = try UnitRestart(
      settings: settings, unit: name, policies: PoliciesInForce(settings.gate, hookOptions.choice)
    ).run()
    if outputOptions.json || !outputOptions.quiet || report.outcome != .done {
      try outputOptions.print(RestartDocument(report: report).json) { _ in RestartText(report: report).text }
    }
    try AptGate.finish(report.status)
  }
}
