import ArgumentParser

/// Options of the commands that decide.
struct PolicyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Decide by the policies in this folder only. (default: /etc/apt-gate/policies and, for those it does not \
      have, /usr/share/apt-gate/policies)
      """,
      valueName: "dir"))
  var policies: String?

  @Flag(help: "Fetch the new .debs of gated updates, and decide by what they hold.")
  var download = false

  @Option(
    help: ArgumentHelp(
      "Keep fetched .debs below this folder. (default: /var/lib/apt-gate)", valueName: "dir"))
  var state: String?
}
