import GateConfiguration
import GateEngine
import GateModel
import NetworkState
import Policy

/// Where and how the hooks work.
struct HookSettings: Sendable {
  var gate = GateSettings.standard
  /// The words of the command line that say so, for the process that the hook starts.
  var words: [String] = []

  var mode: TransactionMode { gate.mode == .observe ? .observe : .enforce }
  var limit: Duration { gate.deadlines.preInstall }
  /// How long `post-install` waits for the network to be as it was.
  var finishLimit: Duration { gate.deadlines.postInstall }
  /// apt-gate's own folder.
  var state: String { gate.state }
  var transactions: TransactionFolder { TransactionFolder(path: gate.transactions) }
  var snapshots: String { state + "/snapshots" }

  /// What comes and goes on this node.
  var churn: ExpectedChurn { gate.expectedChurn }
}

extension HookSettings {
  /// A broken configuration is told on standard error, and never makes the gate stand open: the defaults hold then.
  init(_ choice: SettingsChoice) {
    let (gate, problem) = choice.settingsOrStandard()
    if let problem { try? StandardStream.error.write(problem.text) }
    self.init(gate: gate)
    words = [("--config", choice.config), ("--policies", choice.policies), ("--state", choice.state)]
      .flatMap { name, value in value.map { [name, $0] } ?? [] }
  }
}
