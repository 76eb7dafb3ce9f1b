import ArgumentParser
import CoordinatorClient
import GateConfiguration
import SystemdSystem

/// `apt-gate fleet unlock`: a node's slot of a FleetLock server goes back although its last staged update failed.
struct FleetUnlockCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unlock", abstract: "Give back the FleetLock slot that this node kept after a failed update.",
    discussion: """
      A node whose staged update failed keeps its slot, so that no other node applies the same. See to the node, then \
      give the slot back.
      """)

  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let settings = try settingsOptions.settings()
    guard let server = settings.fleetLock else {
      throw CommandFailure(
        message: "no FleetLock server is configured",
        hint: "`fleetlock:` in the configuration names one; see apt-gate.yaml(5)")
    }
    let slot = FleetLockSlot(server, state: settings.state)
    let had = try slot.file.lock()
    if had?.phase == .applying, had?.boot == (try? BootID.current()) {
      throw CommandFailure(
        message: "an update is being applied with this slot", hint: "wait for apt to end, and ask again")
    }
    try slot.giveBack()
    if outputOptions.quiet && !outputOptions.json { return }
    try outputOptions.print(FleetUnlockDocument(slot: had).json) { _ in
      had == nil
        ? "this node had no slot; the server has none of it either\n" : "the slot went back to the FleetLock server\n"
    }
  }
}
