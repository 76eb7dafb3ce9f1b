import ArgumentParser
import CoordinatorAPI
import CoordinatorClient
import GateModel

/// `apt-gate fleet accept-ledger`: somebody has looked at a node whose ledger contradicts what was seen.
struct FleetAcceptLedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accept-ledger", abstract: "Say that a ledger is a node's: after a new installation, or an alarm.",
    discussion: """
      `apt-gate ledger checkpoint --json` on the node shows the key. With another key than before the next checkpoint that \
      the node shows is believed; with the same one the alarm goes, and the node's ledger must still continue what was \
      seen. The evidence stays: `apt-gate fleet evidence`. Needs the role operator or auditor.
      """)

  @Argument(help: "The node.") var node: String
  @Argument(help: "The ledger's verifier key.") var verifier: String
  @Option(help: ArgumentHelp("Why; it is kept with your name.", valueName: "text")) var reason: String
  @OptionGroup var fleet: FleetOptions

  func run() throws {
    let (node, acceptance) = (node, LedgerAcceptance(key: verifier, reason: reason))
    try fleet.ask { try await $0.accept(acceptance, of: node, within: FleetOptions.patience) }
    try StandardStream.output.write("accepted: the ledger of \(DisplayText.line(node))\n")
  }
}
