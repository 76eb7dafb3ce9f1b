import ArgumentParser

/// `apt-gate network`: the node's network state.
struct NetworkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "network", abstract: "Show, keep, compare and put back the network state of this node.",
    discussion: "Only `restore` and `guard` change the network.",
    subcommands: [
      NetworkShowCommand.self, NetworkSnapshotCommand.self, NetworkDiffCommand.self, NetworkPredictCommand.self,
      NetworkRestoreCommand.self, NetworkGuardCommand.self, NetworkProbeCommand.self, NetworkGuardProcessCommand.self,
    ])
}
