import ArgumentParser
import CoordinatorAPI
import CoordinatorClient
import GateConfiguration
import GateModel
import Ledger

/// `apt-gate fleet check-in`: the node tells the coordinator how it is.
struct FleetCheckInCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-in", abstract: "Tell the coordinator how this node is, and how granted changes went.",
    discussion: "apt-gate-check-in.timer runs it every few minutes on a node that belongs to a fleet.")

  @Flag(help: "Give back slots that were granted and not used: apt's run is over.")
  var returnUnused = false

  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var nodeOptions: NodeOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let settings = try settingsOptions.settings()
    if let server = settings.fleetLock { return try lookAfter(FleetLockSlot(server, state: settings.state)) }
    guard let fleet = settings.fleet else {
      // The units that run it are on every node.
      if outputOptions.quiet { return }
      throw CommandFailure(
        message: "this node belongs to no fleet", hint: "add `fleet:` to the configuration; see apt-gate.yaml(5)")
    }
    let gate = try Gate(node: nodeOptions, output: outputOptions)
    let answer = try FleetCheckIn(fleet: fleet, settings: settings, gate: gate, returnsUnused: returnUnused).run()
    tellHistory(fleet, settings)
    if let witness = answer.ledger, witness.state == .contradicted || witness.state == .refused {
      Self.warn("the coordinator does not countersign the ledger: \(witness.reason ?? witness.state.rawValue)")
    }
    try tell(FleetCheckInDocument(server: .coordinator(answer)), "checked in; \(answer.active.count) rollouts go on")
  }

  /// The units that run it have nobody to read it.
  private func tell(_ document: FleetCheckInDocument, _ words: String) throws {
    if outputOptions.quiet && !outputOptions.json { return }
    try outputOptions.print(document.json) { _ in "\(words)\n" }
  }

  /// A FleetLock server wants to hear of nothing but the slot.
  private func lookAfter(_ slot: FleetLockSlot) throws {
    let fate = try slot.settle(isRunOver: returnUnused)
    let lock = try slot.file.lock()
    let words: String
    switch (fate, lock) {
    case (.goesBack, _): words = "the slot went back to the FleetLock server"
    case (_, nil): words = "this node has no slot of the FleetLock server"
    case (_, .some(let lock)) where lock.phase == .failed: words = FleetLockClaims.kept(lock)
    case (_, .some(let lock)): words = "this node has a slot of the FleetLock server since \(lock.since)"
    }
    try tell(FleetCheckInDocument(server: .fleetLock(lock, gaveBack: fate == .goesBack)), words)
  }

  /// What auditors read; a check-in is none the worse without it.
  private func tellHistory(_ fleet: FleetMembership, _ settings: GateSettings) {
    do {
      try FleetHistoryTelling(fleet: fleet, state: settings.state).tell(at: .now)
    } catch let error as LedgerError where error.code == .missing {
      return
    } catch let error as CoordinatorClientError where error.isUnknownOperation {
      // A coordinator of an earlier version takes none.
      return
    } catch {
      Self.warn("the ledger's history was not told: \(error)")
    }
  }

  private static func warn(_ problem: String) {
    try? StandardStream.error.write("apt-gate: warning: \(DisplayText.line(problem))\n")
  }
}
