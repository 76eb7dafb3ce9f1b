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

  @Flag(help: "Print the facts of each update as JSON, for `policy eval` and `policy diff`, and no verdict.")
  var facts = false

  @OptionGroup var policyOptions: PolicyOptions
  @OptionGroup var nodeOptions: NodeOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let gate = try Gate(node: nodeOptions, output: outputOptions)
    if facts { return try capture(with: gate) }
    let outcome = try gate.check(
      PackageSelection(packages), by: policyOptions.policies().load(), policy: policyOptions)
    try outputOptions.print(CheckDocument(report: outcome.report, node: gate.node).check) { layout in
      CheckText(report: outcome.report, layout: layout).text
    }
    try AptGate.finish(outcome.status)
  }

  /// Prints facts. Policies are needed only to say which .debs are fetched.
  private func capture(with gate: Gate) throws {
    let policies = policyOptions.download ? try policyOptions.policies().load() : .empty
    let outcome = try gate.check(PackageSelection(packages), by: policies, policy: policyOptions, capturing: true)
    try StandardStream.output.write(FactsDocument(facts: outcome.facts).text)
  }
}
