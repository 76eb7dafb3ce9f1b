import ArgumentParser
import GateModel
import Glibc
import NetworkState
import NetworkSystem

/// `apt-gate network guard`: runs a command and keeps the network alive meanwhile.
struct NetworkGuardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guard", abstract: "Run a command and put back at once what systemd-networkd deletes meanwhile.",
    discussion: """
      Addresses, routes, rules and nexthops that systemd-networkd deletes come back at once, those that the kernel \
      drops with them as soon as it takes them again. What another program deletes stays deleted. The report goes to \
      standard error. Exits with the command's own status, or 128 and the signal's number if one killed it; with 3 if \
      the command succeeded and not everything is back; with 1 if the command was not run.
      """)

  @Argument(
    parsing: .postTerminator, help: ArgumentHelp("The command to run, after `--`.", valueName: "command"),
    completion: .shellCommand("compgen -c"))
  var command: [String] = []

  @OptionGroup var guardOptions: GuardOptions
  @OptionGroup var outputOptions: OutputOptions

  func validate() throws {
    if command.isEmpty {
      throw ValidationError("`guard` needs a command after `--`, such as `-- systemctl restart UNIT`")
    }
  }

  func run() throws {
    let work = try GuardedCommand(command, sendsOutputToErrors: outputOptions.json)
    let networkGuard = try NetworkGuard(guardOptions.settings())
    try networkGuard.takeBaseline(earlier: guardOptions.earlierBaseline())
    try work.start()
    networkGuard.hurry()
    let report = try networkGuard.watch(work)
    let document = GuardDocument(report: report, command: command, ending: work.ending)
    try guardOptions.write(document)
    try tell(document)
    let status = document.status
    if status != 0 { throw ExitCode(status) }
  }

  private func tell(_ document: GuardDocument) throws {
    if outputOptions.json { return try StandardStream.output.write(JSONWriter.text(of: document.json)) }
    guard !outputOptions.quiet || !document.report.isComplete else { return }
    let layout = TextLayout.ofStandardOutput(color: outputOptions.color, environment: Environment.value)
    try StandardStream.error.write(GuardText(document: document, layout: layout).text)
  }
}
