import ArgumentParser

/// Which node's state is meant.
struct StateOption: ParsableArguments {
  @Option(
    help: ArgumentHelp("Use the state below this folder. (default: /var/lib/apt-gate)", valueName: "dir"))
  var state: String?

  static let defaultFolder = "/var/lib/apt-gate"

  var folder: String { state ?? Self.defaultFolder }
}
