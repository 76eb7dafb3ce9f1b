import ArgumentParser
import CoordinatorAPI
import CoordinatorClient
import GateModel

/// `apt-gate fleet evidence`: two checkpoints that contradict each other.
struct FleetEvidenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence", abstract: "Show what contradicts what was seen of a node's ledger.",
    discussion: """
      The checkpoints are signed notes, as docs/protocols/ledger.md describes them: whoever has the keys can check them \
      without apt-gate. Exits with 3 if there is an alarm. Needs the role operator or auditor.
      """)

  @Argument(help: "The node.") var node: String
  @OptionGroup var fleet: FleetOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let node = node
    let list = try fleet.ask { try await $0.evidence(against: node, within: FleetOptions.patience) }
    try output.print(FleetDocument.evidence(list)) { FleetEvidenceText(list: list, layout: $0).text }
    try AptGate.finish(list.ledger.alarm == nil ? .done : .checkFailed)
  }
}
