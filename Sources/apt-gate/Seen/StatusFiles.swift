import AptSystem
import GateConfiguration
import GateModel
import Glibc
import SystemdSystem

/// The files that say how the node stands: metrics for node_exporter, and the line for logins.
struct StatusFiles {
  let settings: GateSettings
  /// What is held, if that is known already.
  var holds: [Hold]?

  /// Writes both, each whole. Where root is not at work, or another node is meant, nothing is written; what fails is told on
  /// standard error.
  func write() {
    guard geteuid() == 0, let status = GateStatus(settings, holds: holds) else { return }
    do {
      if let path = settings.metrics { try Metrics(status).write(to: path) }
      if let path = settings.motd { try LoginMessage.write(status, to: path) }
    } catch {
      try? StandardStream.error.write("apt-gate: \(error)\n")
    }
  }
}
