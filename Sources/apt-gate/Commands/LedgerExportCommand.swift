import ArgumentParser
import Ledger

/// `apt-gate ledger export`: the record as files that other tools can verify.
struct LedgerExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write the ledger as files: entries, tiles, checkpoint and verifier key.",
    discussion: "The folder must not exist; it appears when it is complete.")

  @Argument(help: ArgumentHelp("The folder to make.", valueName: "dir"))
  var folder: String

  @OptionGroup var state: StateOption
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let count = try NodeLedger.read(state: state.folder).export(to: folder)
    let document = LedgerExportDocument(folder: folder, entries: count)
    try outputOptions.print(document.json) { _ in document.text }
  }
}
