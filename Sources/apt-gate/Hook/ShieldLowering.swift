import GateEngine
import GateModel
import SystemdSystem

/// Lowers the shields of a transaction whose dpkg has ended, on a thread of its own: systemd takes a while to read its unit
/// files again, and the network is looked at meanwhile.
struct ShieldLowering: Sendable {
  /// What came of it.
  struct Outcome: Sendable {
    /// The shielded units as they were before: the invocations that run old code.
    var units: [UnitSnapshot] = []
    /// Why the shields are not known to be down.
    var problem: SystemdError?
  }

  private let deadline: ContinuousClock.Instant
  private let result: Handover<Outcome>

  /// Begins.
  init(_ record: TransactionRecord, by deadline: ContinuousClock.Instant) {
    self.deadline = deadline
    result = Handover { Self.lower(record, by: deadline) }
  }

  /// Waits for the end, which comes by the deadline; for one who asks once.
  func outcome() -> Outcome {
    result.take(by: deadline + Self.grace)
      ?? Outcome(problem: SystemdError(.deadline, "the shields were not down in time"))
  }

  /// What is asked of systemd has the deadline itself; files are written besides.
  private static let grace = Duration.seconds(1)

  private static func lower(_ record: TransactionRecord, by deadline: ContinuousClock.Instant) -> Outcome {
    var outcome = Outcome()
    do {
      let manager = try ServiceManager(by: deadline)
      // Before anything can be restarted.
      outcome.units = record.units.compactMap { try? manager.unit($0, by: deadline) }
      try UnitShield(manager: manager).lower(transaction: record.id, by: deadline)
    } catch {
      outcome.problem = error
    }
    return outcome
  }
}
