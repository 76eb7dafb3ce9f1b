import ArgumentParser

/// The folders that commands about policies read.
struct PolicyArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      """
      Folders of policies, or of one; a policy in an earlier one hides the one of the same name in later ones. \
      (default: /etc/apt-gate/policies, /usr/share/apt-gate/policies)
      """,
      valueName: "dir"),
    completion: .directory)
  var folders: [String] = []

  var policyFolders: PolicyFolders { folders.isEmpty ? .standard : PolicyFolders(folders: folders) }
}
