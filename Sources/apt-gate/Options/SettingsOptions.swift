import ArgumentParser
import GateConfiguration

/// Options that say which configuration is in force, and what is said in its place.
struct SettingsOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Read this configuration. (default: /etc/apt-gate/apt-gate.yaml)", valueName: "file"),
    completion: .file(extensions: ["yaml"]))
  var config: String?

  @OptionGroup var folder: PolicyFolderOptions

  @Option(help: ArgumentHelp("Keep the ledger and fetched .debs below this folder.", valueName: "dir"))
  var state: String?

  var choice: SettingsChoice { SettingsChoice(config: config, policies: folder.policies, state: state) }

  /// See ``SettingsChoice/settings()``.
  func settings() throws -> GateSettings { try choice.settings() }
}
