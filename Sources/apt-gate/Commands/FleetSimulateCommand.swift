import ArgumentParser
import CoordinatorClient
import Documents
import FleetConfiguration
import GateModel
import Rollout

/// `apt-gate fleet simulate`: a rollout as it would go.
struct FleetSimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate", abstract: "Play a configuration over the fleet's nodes: how long a rollout takes.",
    discussion: """
      Without --fail all goes well, and below it stands what one failure in each ring would stop. Nodes ask as soon \
      as they may begin, and approvals come when they are asked for. Nothing is put into force.
      """)

  @OptionGroup var plan: FleetPlanArgument

  @Option(help: ArgumentHelp("Let nodes of this ring fail.", valueName: "ring")) var fail: String?
  @Option(help: ArgumentHelp("How many of them.", valueName: "count")) var failures = 1

  @Option(help: ArgumentHelp("When the version is published. (default: now)", valueName: "time"))
  var start: TimeArgument?

  @Option(help: ArgumentHelp("How long a node takes from its slot to its word that it is well.", valueName: "duration"))
  var applyTime = DurationArgument(.seconds(600), "10m")

  @Option(help: ArgumentHelp("How often a node checks in.", valueName: "duration"))
  var checkIn = DurationArgument(.seconds(300), "5m")

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if failures < 1 { throw ValidationError("`--failures` is 1 or more") }
  }

  func run() throws {
    let file = try plan.file(fleet)
    guard let plan = file.plan else {
      try StandardStream.error.write(file.diagnostics.map { $0.rendered + "\n" }.joined())
      return try AptGate.finish(.checkFailed)
    }
    let nodes = try fleet.ask { try await $0.nodes(within: FleetOptions.patience) }
    let simulation = FleetSimulation(plan: plan, nodes: nodes, assumptions: try assumptions(plan))
    let result = simulation.result()
    try output.print(FleetDocument.forecast(result)) { FleetForecastText(simulation: result, layout: $0).text }
  }

  private func assumptions(_ plan: FleetPlan) throws -> FleetForecast.Assumptions {
    var assumptions = FleetForecast.Assumptions(
      start: start?.time ?? .now, applyTime: applyTime.duration, checkIn: checkIn.duration)
    guard let fail else { return assumptions }
    guard plan.ring(named: fail) != nil else {
      throw CommandFailure(
        message: "there is no ring `\(fail)`", hint: "the rings are \(plan.rings.map(\.name).joined(separator: ", "))")
    }
    assumptions.failures = FleetForecast.Failures(ring: fail, count: failures)
    return assumptions
  }
}
