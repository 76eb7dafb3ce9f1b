import ArgumentParser
import GateConfiguration

/// Where the hooks work; for tests and other roots.
struct HookOptions: ParsableArguments {
  @OptionGroup var settingsOptions: SettingsOptions

  /// A broken configuration is told on standard error, and never makes the gate stand open: the defaults hold then.
  var settings: HookSettings {
    var settings = HookSettings()
    do {
      settings.gate = try settingsOptions.settings()
    } catch {
      try? StandardStream.error.write(CommandFailure(describing: error).text)
      if let state = settingsOptions.state { settings.gate.keep(in: state) }
      if let policies = settingsOptions.folder.policies { settings.gate.policies = [policies] }
    }
    settings.words = words
    return settings
  }

  /// The same options for a process that the hook starts.
  private var words: [String] {
    [
      ("--config", settingsOptions.config), ("--policies", settingsOptions.folder.policies),
      ("--state", settingsOptions.state),
    ].flatMap { name, value in value.map { [name, $0] } ?? [] }
  }
}

extension HookOptions {
  /// Those of a command line without options.
  static var none: HookOptions {
    var options = HookOptions()
    options.settingsOptions = SettingsOptions()
    options.settingsOptions.config = nil
    options.settingsOptions.state = nil
    options.settingsOptions.folder = PolicyFolderOptions()
    options.settingsOptions.folder.policies = nil
    return options
  }
}
