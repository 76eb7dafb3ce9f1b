import ArgumentParser

/// The option that says which policies are in force.
struct PolicyFolderOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Decide by the policies in this folder only. (default: /etc/apt-gate/policies and, for those it does not \
      have, /usr/share/apt-gate/policies)
      """,
      valueName: "dir"))
  var policies: String?

  var folders: PolicyFolders { policies.map { PolicyFolders(folders: [$0]) } ?? .standard }
}
