import ArgumentParser

/// `apt-gate ledger`: the record of what was decided and done.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Show, verify and export the record of what was decided and done.",
    subcommands: [
      LedgerInitCommand.self, LedgerListCommand.self, LedgerVerifyCommand.self, LedgerExportCommand.self,
      LedgerCheckpointCommand.self,
    ])
}
