import ArgumentParser
import GateModel

/// `apt-gate revoke`: a person takes approvals back.
struct RevokeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "Take the approvals of a version back, and make apt follow.",
    discussion: "What dpkg has installed already stays. Exits as sync does.")

  @Argument(help: ArgumentHelp("The source package whose approvals are meant.", valueName: "pkg"))
  var package: String

  @Option(help: ArgumentHelp("Only the approvals of this version.", valueName: "version"))
  var version: VersionArgument?

  @Option(help: ArgumentHelp("Why, for whoever reads the ledger.", valueName: "text"))
  var reason: ReasonArgument

  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var nodeOptions: NodeOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let session = try ApprovalSession(settingsOptions.choice, nodeOptions, outputOptions)
    let outcome = try session.revoke(
      source: package, version: version?.version, reason: reason.text, by: Person.current.actor)
    try outputOptions.print(ApprovalDocument(outcome: outcome).json) { ApprovalText(outcome: outcome, layout: $0).text }
    try AptGate.finish(outcome.status)
  }
}
