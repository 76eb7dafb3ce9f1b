import GateConfiguration
import Policy

/// Which configuration is in force, and what is said in its place.
struct SettingsChoice: Sendable {
  /// The file of configuration; nil for the standard one.
  var config: String?
  /// The only folder of policies; nil for those that are configured.
  var policies: String?
  /// The folder of the ledger and of fetched .debs; nil for the one that is configured.
  var state: String?

  /// The settings of the files, with what was said in their place.
  func settings() throws -> GateSettings {
    withWhatIsSaid(try files.load())
  }

  /// The settings; where the files are broken, what holds by default, and why.
  func settingsOrStandard() -> (settings: GateSettings, problem: CommandFailure?) {
    do {
      return (try settings(), nil)
    } catch {
      return (withWhatIsSaid(.standard), CommandFailure(describing: error))
    }
  }

  private func withWhatIsSaid(_ settings: GateSettings) -> GateSettings {
    var settings = settings
    if let policies { settings.policies = [policies] }
    if let state { settings.keep(in: state) }
    return settings
  }

  /// The folder that was named, or else the configuration's with the fleet's.
  func policyFolders(_ settings: GateSettings) -> PolicyFolders {
    policies.map { PolicyFolders(folders: [$0]) }
      ?? PolicyFolders(folders: settings.foldersInForce, mayBeMissing: true)
  }

  /// The policies in force under `settings`; those that others than root can have written are refused. What is wrong in
  /// them is told on standard error; they go on as far as they can be read.
  func policySet(_ settings: GateSettings) throws -> PolicySet {
    let folders = policyFolders(settings)
    try folders.requireTrusted()
    return try folders.load()
  }

  private var files: SettingsFiles {
    config.map { SettingsFiles(path: $0, isRequired: true) } ?? SettingsFiles()
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
