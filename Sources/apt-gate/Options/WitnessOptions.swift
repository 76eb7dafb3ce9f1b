import ArgumentParser
import CoordinatorAPI
import CoordinatorClient
import GateConfiguration

/// Options that ask the coordinator what it has seen of a ledger.
struct WitnessOptions: ParsableArguments {
  @Flag(help: "Also against what the configured coordinator has seen of it, as a witness.")
  var coordinator = false

  @Option(help: ArgumentHelp("The node at the coordinator. (default: this one)", valueName: "name"))
  var node: String?

  @Option(help: ArgumentHelp("Read this configuration for the coordinator.", valueName: "file"))
  var config: String?

  /// What the coordinator has of the ledger; nil if it is not to be asked.
  func witnessed() throws -> WitnessedLedger? {
    guard coordinator else { return nil }
    let files = config.map { SettingsFiles(path: $0, isRequired: true) } ?? SettingsFiles()
    guard let fleet = try files.load().fleet else {
      throw CommandFailure(message: "no coordinator is configured", hint: "see `fleet:` in apt-gate.yaml(5)")
    }
    let (patience, node) = (fleet.deadline, node)
    return try FleetQuestion.ask(fleet.address, within: patience) { client in
      let name: String
      if let node { name = node } else { name = try await client.whoAmI(within: patience).name }
      return try await client.ledger(of: name, within: patience)
    }
  }
}
