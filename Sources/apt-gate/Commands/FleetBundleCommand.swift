import ArgumentParser

/// `apt-gate fleet bundle`: policies for the whole fleet.
struct FleetBundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle", abstract: "Policies for the whole fleet: signed, versioned, never backwards.",
    subcommands: [
      FleetBundleKeyCommand.self, FleetBundleSignCommand.self, FleetBundlePublishCommand.self,
      FleetBundleShowCommand.self,
    ])
}
