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
    self.init()
    do {
      gate = try choice.settings()
    } catch {
      try? StandardStream.error.write(CommandFailure(describing: error).text)
      if let state = choice.state { gate.keep(in: state) }
      if let policies = choice.policies { gate.policies = [policies] }
    }
    words = [("--config", choice.config), ("--policies", choice.policies), ("--state", choice.state)]
      .flatMap { name, value in value.map { [name, $0] } ?? [] }
  }
}
