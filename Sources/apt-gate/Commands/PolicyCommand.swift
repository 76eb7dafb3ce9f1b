import ArgumentParser

/// `apt-gate policy`: the policies themselves.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy", abstract: "Check, test, evaluate, compare and list policies.",
    discussion: "Changes nothing on this node. apt-gate-policy(5) is the reference of the language.",
    subcommands: [
      PolicyCheckCommand.self, PolicyTestCommand.self, PolicyEvalCommand.self, PolicyDiffCommand.self,
      PolicyListCommand.self,
    ])
}
