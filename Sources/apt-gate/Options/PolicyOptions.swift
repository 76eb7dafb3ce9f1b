import ArgumentParser
import GateConfiguration

/// Options of the commands that decide.
struct PolicyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Read this configuration. (default: /etc/apt-gate/apt-gate.yaml)", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var config: String?

  @OptionGroup var folder: PolicyFolderOptions

  @Flag(help: "Fetch the new .debs of gated updates, and decide by what they hold.")
  var download = false

  @Option(
    help: ArgumentHelp(
      "Keep fetched .debs below this folder. (default: /var/lib/apt-gate)", valueName: "dir"))
  var state: String?

  /// The policies that the command line names, or else the configuration.
  func policies() throws -> PolicyFolders {
    if folder.policies != nil { return folder.folders }
    return PolicyFolders(folders: try settings().foldersInForce, mayBeMissing: true)
  }

  /// The folder of the ledger that says what the node remembers; nil if packages of another root are meant and no state of
  /// theirs is named.
  func recalledState(isLive: Bool) throws -> String? {
    if let state { return state }
    return isLive || config != nil ? try settings().state : nil
  }

  private func settings() throws -> GateSettings {
    try (config.map { SettingsFiles(path: $0, isRequired: true) } ?? SettingsFiles()).load()
  }
}
