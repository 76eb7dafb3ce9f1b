import ArgumentParser
import GateConfiguration
import Dispatch
import GateEngine
import GateModel
import Glibc

/// `apt-gate hook update`: a sync after `apt-get update`. Never fails apt.
///
/// Always exits with 0, and within its deadline: what hangs is left, and the pins are then those before. What went wrong
/// goes to standard error, which apt's units log to the journal.
struct HookUpdateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Make apt follow the decisions, after `apt-get update`. Always exits with 0.")

  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var nodeOptions: NodeOptions

  func run() throws {
    do { try sync() } catch { try? StandardStream.error.write(CommandFailure(describing: error).text) }
  }

  private func sync() throws {
    let settings = try settingsOptions.settings()
    let watch = Self.watch(settings.deadlines.update)
    defer { watch.cancel() }
    let lock = try SyncLock(state: settings.state, patience: settings.deadlines.update)
    defer { withExtendedLifetime(lock) {} }
    let policies = try settingsOptions.policies(settings)
    let gate = try Gate(node: nodeOptions, isQuiet: true)
    let report = try GateSync(gate: gate, settings: settings, policies: policies).run()
    try StandardStream.error.tell(report.problems)
    try StandardStream.output.write(Self.line(report))
  }

  /// One line among apt's own.
  private static func line(_ report: SyncReport) -> String {
    let held = report.plan.holds.map(\.source)
    guard !held.isEmpty else { return "" }
    let names = held.prefix(8).joined(separator: ", ") + (held.count > 8 ? ", ..." : "")
    let verb = report.mode == .observe ? "would hold" : "holds"
    return DisplayText.line(
      "apt-gate \(verb) \(held.count) of \(report.plan.checked.count): \(names); see `apt-gate held`") + "\n"
  }

  /// Ends the process at the deadline, whatever the rest of it waits for.
  private static func watch(_ deadline: Duration) -> any DispatchSourceTimer {
    let timer = DispatchSource.makeTimerSource(queue: .global(qos: .userInitiated))
    timer.schedule(deadline: .now() + .seconds(Int(deadline.components.seconds)))
    timer.setEventHandler {
      try? StandardStream.error.write(
        "apt-gate: the update hook took too long and was ended; the holds are those before\n")
      _exit(0)
    }
    timer.resume()
    return timer
  }
}
