import ArgumentParser
import CoordinatorAPI
import CoordinatorClient
import GateConfiguration
import GateModel
import LedgerLog

/// `apt-gate fleet bundle show`: the bundle in force.
struct FleetBundleShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the bundle in force: its version, who signed it, and its files.",
    discussion: """
      With the publishers of this machine's configuration it is verified as a node does it; the exit code is 3 if it \
      does not verify.
      """)

  @OptionGroup var fleet: FleetOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let signed = try fleet.ask { try await $0.policyBundle(within: FleetOptions.patience) }
    let publishers = try fleet.settings().fleet?.publishers ?? [:]
    let shown = FleetBundleDocument(signed: signed, publishers: publishers)
    try output.print(shown.json) { _ in shown.text }
    try AptGate.finish(shown.isRefused ? .checkFailed : .done)
  }
}
