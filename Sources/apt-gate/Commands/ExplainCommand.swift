import ArgumentParser
import GateEngine

/// `apt-gate explain`: one change in full.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Show one pending update in full: effects with evidence, rules, what clears it.",
    discussion: "Exits as check does.")

  @Argument(help: ArgumentHelp("A source or binary package.", valueName: "pkg"))
  var package: String

  @OptionGroup var policyOptions: PolicyOptions
  @OptionGroup var nodeOptions: NodeOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let gate = try Gate(node: nodeOptions, output: outputOptions)
    let outcome = try gate.check(
      PackageSelection([package]), by: policyOptions.policies().load(), policy: policyOptions, explaining: true)
    try outputOptions.print(CheckDocument(report: outcome.report, node: gate.node).explanation) { layout in
      ExplanationText(report: outcome.report, layout: layout).text
    }
    try AptGate.finish(outcome.status)
  }
}
