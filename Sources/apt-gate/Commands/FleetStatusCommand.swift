import ArgumentParser
import CoordinatorAPI
import CoordinatorClient
import GateModel
import Rollout

/// `apt-gate fleet status`: the rollouts that go on, ring by ring.
struct FleetStatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the rollouts that go on: their rings, and what they wait for.",
    discussion: "Exits with 2 if a rollout is halted.")

  @Flag(help: "Show it again every two seconds, until interrupted.") var watch = false
  @OptionGroup var fleet: FleetOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    if watch { try FleetWatch(output: output, ask: ask).run() }
    let reports = try ask()
    try output.print(FleetDocument.status(reports)) { FleetStatusText(reports: reports, layout: $0).text }
    try AptGate.finish(reports.contains { $0.status == .halted } ? .held : .done)
  }

  private func ask() throws -> [RolloutReport] {
    try fleet.ask { try await $0.rollouts(within: FleetOptions.patience) }.rollouts.filter { !$0.status.isOver }
  }
}
