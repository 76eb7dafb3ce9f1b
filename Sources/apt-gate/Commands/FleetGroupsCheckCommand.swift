import ArgumentParser
import CoordinatorClient
import FleetConfiguration
import Rollout

/// `apt-gate fleet groups check`: a configuration against the nodes that there are.
struct FleetGroupsCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Say which nodes a configuration's groups and rings match, and which none.",
    discussion: """
      Exits with 3 if the file has errors, a group matches no node, a node is in no ring or in several, or a label \
      has disappeared. Nothing is put into force.
      """)

  @OptionGroup var plan: FleetPlanArgument
  @OptionGroup var fleet: FleetOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let file = try plan.file(fleet)
    var survey: FleetSurvey?
    if let plan = file.plan {
      var counted = FleetSurvey(plan)
      for node in try fleet.ask({ try await $0.nodes(within: FleetOptions.patience) }) { counted.count(node) }
      survey = counted
    }
    let check = FleetGroupsCheck(diagnostics: file.diagnostics, survey: survey)
    try output.print(FleetDocument.groups(check)) { FleetGroupsText(check: check, layout: $0).text }
    try AptGate.finish(check.passed ? .done : .checkFailed)
  }
}
