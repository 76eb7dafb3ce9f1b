import ArgumentParser
import Ledger
import LedgerLog

/// `apt-gate ledger checkpoint`: what an auditor keeps, so that a later rewrite is found.
struct LedgerCheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint", abstract: "Print the ledger's last checkpoint, to be kept elsewhere.",
    discussion: "Hand the file to `ledger verify --checkpoint` later. With --json, the verifier key stands beside it.")

  @OptionGroup var state: StateOption
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let ledger = try NodeLedger.read(state: state.folder)
    guard let checkpoint = try ledger.checkpoint() else {
      throw CommandFailure(message: "the ledger `\(ledger.path)` has no entry yet", hint: nil)
    }
    let document = LedgerCheckpointDocument(checkpoint: checkpoint, key: ledger.verifierKey)
    try outputOptions.print(document.json) { _ in checkpoint.text }
  }
}
