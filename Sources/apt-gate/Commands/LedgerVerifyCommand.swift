import ArgumentParser
import CoordinatorAPI
import Ledger
import LedgerLog

/// `apt-gate ledger verify`: was the record changed?
struct LedgerVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Recompute the ledger from its entries, and say what does not fit.",
    discussion: """
      Exits with 3 if something does not fit. A rewrite by who has the node's key is found only with a checkpoint \
      from before (`--checkpoint`), a witness's key (`--witness`) or the coordinator (`--coordinator`).
      """)

  @Argument(help: ArgumentHelp("An export to verify instead of this node's ledger.", valueName: "dir"))
  var export: String?

  @OptionGroup var trust: VerificationOptions
  @OptionGroup var witnessing: WitnessOptions
  @OptionGroup var state: StateOption
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let seen = try witnessing.witnessed()
    let older = try trust.olderCheckpoints() + (seen.map { [("coordinator", Array($0.checkpoint.utf8))] } ?? [])
    let key = try trust.trustedKey() ?? seen.map { try VerifierKey($0.key) }
    let witness = try trust.witnessKey()
    let verification =
      if let export {
        try LedgerExport(folder: export).verify(key: key, witness: witness, older: older)
      } else {
        try NodeLedger.read(state: state.folder).verify(key: key, witness: witness, older: older)
      }
    try outputOptions.print(LedgerVerifyDocument(verification: verification).json) { layout in
      LedgerVerifyText(verification: verification, layout: layout).text
    }
    if let alarm = seen?.alarm {
      throw CommandFailure(message: "the coordinator has an alarm for this ledger: \(alarm)", status: .checkFailed)
    }
    try AptGate.finish(verification.isValid ? .done : .checkFailed)
  }
}
