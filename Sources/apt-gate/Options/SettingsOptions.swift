import ArgumentParser
import GateConfiguration
import Policy

/// Options that say which configuration is in force, and what is said in its place.
struct SettingsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Read this configuration. (default: /etc/apt-gate/apt-gate.yaml)", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var config: String?

  @OptionGroup var folder: PolicyFolderOptions

  @Option(help: ArgumentHelp("Keep the ledger and fetched .debs below this folder.", valueName: "dir"))
  var state: String?

  /// The settings of the files, with what the command line says in their place.
  func settings() throws -> GateSettings {
    var settings = try files.load()
    if let policies = folder.policies { settings.policies = [policies] }
    if let state { settings.keep(in: state) }
    return settings
  }

  /// Those that the command line names, or else the configuration with the fleet's.
  func policyFolders(_ settings: GateSettings) -> PolicyFolders {
    folder.policies.map { PolicyFolders(folders: [$0]) }
      ?? PolicyFolders(folders: settings.foldersInForce, mayBeMissing: true)
  }

  private var files: SettingsFiles {
    config.map { SettingsFiles(path: $0, isRequired: true) } ?? SettingsFiles()
  }

  /// The policies in force under `settings`; those that others than root can have written are refused. What is wrong in
  /// them is told on standard error; they go on as far as they can be read.
  func policies(_ settings: GateSettings) throws -> PolicySet {
    let folders = policyFolders(settings)
    try folders.requireTrusted()
    return try folders.load()
  }
}

extension GateSettings {
  /// Another state than the node's own, for a test or another root, has transactions of its own, and is nothing for this
  /// node's monitoring and logins.
  mutating func keep(in state: String) {
    self.state = state
    transactions = state + "/transactions"
    if metrics == GateSettings.standard.metrics { metrics = nil }
    if motd == GateSettings.standard.motd { motd = nil }
  }
}
