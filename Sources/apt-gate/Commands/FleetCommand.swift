import ArgumentParser

/// `apt-gate fleet`: the operator's side of the coordinator.
struct FleetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet", abstract: "See and steer rollouts over the fleet.",
    subcommands: [
      FleetStatusCommand.self, FleetRolloutsCommand.self, FleetShowCommand.self, FleetMembersCommand.self,
      FleetNodesCommand.self, FleetForgetCommand.self,
      FleetHaltCommand.self, FleetResumeCommand.self, FleetAbandonCommand.self, FleetPromoteCommand.self,
      FleetApproveCommand.self, FleetSkipCommand.self, FleetRetryCommand.self, FleetAdmitCommand.self,
      FleetConfigurationCommand.self, FleetGroupsCommand.self, FleetSimulateCommand.self, FleetBundleCommand.self,
      FleetEvidenceCommand.self, FleetAcceptLedgerCommand.self, FleetCheckInCommand.self, FleetUnlockCommand.self,
    ])
}
