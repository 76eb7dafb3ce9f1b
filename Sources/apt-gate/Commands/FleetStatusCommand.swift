import ArgumentParser
import CoordinatorAPI
import CoordinatorClient
import GateModel
import Glibc
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
    repeat {
      let list = try fleet.ask { try await $0.rollouts(within: FleetOptions.patience) }
      let active = list.rollouts.filter { !$0.status.isOver }
      if watch, !output.json { try StandardStream.output.write("\u{1B}[H\u{1B}[2J") }
      try output.print(FleetRolloutsDocument(rollouts: active).json) { _ in FleetText.status(active) }
      guard watch else {
        return try AptGate.finish(active.contains { $0.status == .halted } ? .held : .done)
      }
      sleep(2)
    } while true
  }
}
