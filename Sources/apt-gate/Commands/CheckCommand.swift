import ArgumentParser
import GateEngine

/// `apt-gate check`: decides on what is pending.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Decide on every pending update: may it apply, and why?",
    discussion: """
      Changes nothing on this node. Exits with 0 if nothing is held, 2 if something is, 4 if a verdict \
      could not be determined.
      """)

  @Argument(help: ArgumentHelp("Source or binary packages, or globs; all without any.", valueName: "pkg"))
  var packages: [String] = []

  @OptionGroup var policyOptions: PolicyOptions
  @OptionGroup var nodeOptions: NodeOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let gate = try Gate(node: nodeOptions, output: outputOptions)
    let outcome = try gate.check(PackageSelection(packages), policy: policyOptions)
    try outputOptions.print(CheckDocument(report: outcome.report, node: gate.node).check) { layout in
      CheckText(report: outcome.report, layout: layout).text
    }
    try AptGate.finish(outcome.status)
  }
}
