import ArgumentParser
import GateConfiguration
import GateEngine
import Policy

/// `apt-gate sync`: makes apt follow the decisions.
struct SyncCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sync", abstract: "Decide on everything that is pending, and make apt follow.",
    discussion: """
      Holds are pins in apt's preferences: apt and unattended-upgrades pass over exactly those versions and go on with \
      the rest. Exits with 0 if nothing is held, 2 if something is, 4 if a verdict could not be determined, and 1 if \
      the ledger or the pins could not be written.
      """)

  @Flag(help: "Ask the fleet's coordinator for a slot for what is staged.")
  var claim = false

  @Flag(help: "Show what would change, and change and record nothing.")
  var dryRun = false

  @Flag(help: "Ask apt for the changelogs of updates whose .debs are not at hand, for reports. Uses the network.")
  var changelogs = false

  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var nodeOptions: NodeOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let settings = try settingsOptions.settings()
    let lock = dryRun ? nil : try SyncLock(state: settings.state)
    defer { withExtendedLifetime(lock) {} }
    let gate = try Gate(node: nodeOptions, output: outputOptions)
    if claim, !dryRun, let fleet = settings.fleet {
      FleetPolicies(fleet: fleet, settings: settings, hostname: gate.node.hostname).askAndFollow()
    }
    let policies = PoliciesInForce(settings, settingsOptions.choice)
    let report = try GateSync(
      gate: gate, settings: settings, policies: policies, isDryRun: dryRun, claims: claim,
      changelogs: changelogs ? ChangelogCompletion(options: nodeOptions.aptOption) : nil
    ).run()
    try outputOptions.print(SyncDocument(report: report).json) { SyncText(report: report, layout: $0).text }
    try StandardStream.error.tell(report.problems)
    try AptGate.finish(report.status(isPolicyBroken: policies.isBroken))
  }
}
