import ArgumentParser
import GateEngine
import GateModel

/// `apt-gate approve`: a person lets a held version through.
struct ApproveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve", abstract: "Let a held version through, and make apt follow.",
    discussion: """
      The approval is bound to the source, the version and the policies in force: another version, or a change of the \
      policies, asks again. Who approves is the person behind sudo or the login, as recorded in the ledger. Where a rule \
      asks for several people, each approves. Exits as sync does.
      """)

  @Argument(help: ArgumentHelp("The source package that is held, or one of its binaries.", valueName: "pkg"))
  var package: String

  @Option(help: ArgumentHelp("The version that is meant, if several are pending.", valueName: "version"))
  var version: VersionArgument?

  @Option(help: ArgumentHelp("Why, for whoever reads the ledger.", valueName: "text"))
  var reason: ReasonArgument

  @Option(help: ArgumentHelp("How long the approval counts, such as 12h or 3d.", valueName: "duration"))
  var expires = DurationArgument.week

  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var nodeOptions: NodeOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let session = try ApprovalSession(settingsOptions.choice, nodeOptions, outputOptions)
    let request = ApprovalRequest(
      package: package, version: version?.version, reason: reason.text,
      expires: session.now.advanced(by: expires.duration), person: Person.current.actor)
    let outcome = try session.approve(request)
    try outputOptions.print(ApprovalDocument(outcome: outcome).json) { ApprovalText(outcome: outcome, layout: $0).text }
    try AptGate.finish(outcome.status)
  }
}
