import ArgumentParser
import GateConfiguration
import GateEngine
import GateModel

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
    _ = HookDeadline.start(settings.deadlines.update) {
      try? StandardStream.error.write(
        "apt-gate: the update hook took too long and was ended; the holds are those before\n")
      NewsDesk(settings).note([.deadlineMissed(by: "update", after: settings.deadlines.update)])
      return ExitStatus.done.rawValue
    }
    let lock = try SyncLock(state: settings.state, patience: settings.deadlines.update)
    defer { withExtendedLifetime(lock) {} }
    let policies = PoliciesInForce(settings, settingsOptions.choice)
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
}
