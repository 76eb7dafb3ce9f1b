import ArgumentParser
import LedgerLog

/// Options that say what a ledger is verified against, beside its own key.
struct VerificationOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A checkpoint from before that the ledger must continue; may be repeated.", valueName: "file"))
  var checkpoint: [String] = []

  @Option(
    help: ArgumentHelp("The verifier key to trust, or a file with it, instead of the ledger's own.", valueName: "key"))
  var key: String?

  @Option(help: ArgumentHelp("The key of a witness that must have signed, or a file with it.", valueName: "key"))
  var witness: String?

  func trustedKey() throws -> VerifierKey? { try key.map(LedgerFile.verifierKey) }
  func witnessKey() throws -> VerifierKey? { try witness.map(LedgerFile.verifierKey) }

  /// The checkpoints, each with the name of its file.
  func olderCheckpoints() throws -> [(name: String, bytes: [UInt8])] {
    try checkpoint.map { (name: $0, bytes: try LedgerFile.bytes(of: $0)) }
  }
}
