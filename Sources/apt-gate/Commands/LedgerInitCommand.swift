import ArgumentParser
import GateConfiguration
import GateModel
import Ledger
import LedgerLog

/// `apt-gate ledger init`: the record begins. The package's postinst runs it.
struct LedgerInitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make the node's key and the ledger, where there are none yet.",
    discussion: """
      Its first entry says which policies and which mode are in force. A ledger that is there stays as it is; what has \
      changed since is recorded.
      """)

  @OptionGroup var settingsOptions: SettingsOptions
  @OptionGroup var outputOptions: OutputOptions

  func run() throws {
    let settings = try settingsOptions.settings()
    let policies = PoliciesInForce(settings, settingsOptions.choice)
    let ledger = try NodeLedger.open(state: settings.state, node: NodeDescription.current().hostname)
    let isNew = try ledger.checkpoint() == nil
    let record = ConfigurationRecord(inForce: policies.set, digest: policies.digest, mode: settings.mode)
    try ledger.recordConfiguration(record, at: .now)
    let document = LedgerInitDocument(path: ledger.path, key: ledger.verifierKey, isNew: isNew)
    if outputOptions.json || !outputOptions.quiet { try outputOptions.print(document.json) { _ in document.text } }
  }
}
