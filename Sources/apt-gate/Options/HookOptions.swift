import ArgumentParser

/// Where the hooks work; for tests and other roots.
struct HookOptions: ParsableArguments {
  @OptionGroup var settingsOptions: SettingsOptions

  var choice: SettingsChoice { settingsOptions.choice }
  var settings: HookSettings { HookSettings(choice) }
}
