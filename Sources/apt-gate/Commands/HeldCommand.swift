import AptSystem
import ArgumentParser
import GateConfiguration
import GateModel

/// `apt-gate held`: what is held.
struct HeldCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "held", abstract: "Show what is held, since when, by which rule and until what.",
    discussion: "Also shows owed restarts to those who may read the ledger. Exits with 2 if something is held.")

  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var nodeOptions: NodeOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let settings = try settingsOptions.settings()
    let holds = try PinStore(collector: AptCollector(options: nodeOptions.aptOption)).read().holds
    let owed = RecordedRestart.all(state: settings.state)
    if owed == nil, !outputOptions.quiet {
      try StandardStream.error.write("apt-gate: owed restarts are not shown: this user cannot read the ledger\n")
    }
    try outputOptions.print(HeldDocument(holds: holds, owed: owed ?? []).json) {
      HeldText(holds: holds, owed: owed ?? [], layout: $0).text
    }
    try AptGate.finish(holds.isEmpty ? .done : .held)
  }
}
