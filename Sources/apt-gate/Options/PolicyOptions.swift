import ArgumentParser

/// Options of the commands that decide.
struct PolicyOptions: ParsableArguments {
  @OptionGroup var folder: PolicyFolderOptions

  @Flag(help: "Fetch the new .debs of gated updates, and decide by what they hold.")
  var download = false

  @Option(
    help: ArgumentHelp(
      "Keep fetched .debs below this folder. (default: /var/lib/apt-gate)", valueName: "dir"))
  var state: String?
}
