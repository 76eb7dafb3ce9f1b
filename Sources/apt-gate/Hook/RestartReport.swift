import GateModel

/// What came of `restart UNIT`.
struct RestartReport: Sendable {
  enum Outcome: String, Sendable {
    /// Restarted, and the network is as it was.
    case done
    /// The policies do not let it, or not now.
    case held
    /// systemd did not restart it; it is still owed.
    case failed
    /// Restarted, and not everything of the network is there again.
    case incomplete
  }

  var unit: String
  /// The source packages whose update asks for the restart.
  var sources: [String]
  var decisions: [Decision] = []
  var outcome = Outcome.done
  /// Objects of the network that were lost, and how many of them are there again.
  var lost = 0
  var restored = 0
  /// Why systemd did not do it.
  var problem: String?

  init(unit: String, sources: [String]) {
    self.unit = unit
    self.sources = sources
  }

  var status: ExitStatus {
    switch outcome {
    case .done: .done
    case .held: ExitStatus(strictest: decisions.map(\.verdict).max() ?? .hold)
    case .failed: .failed
    case .incomplete: .checkFailed
    }
  }
}
