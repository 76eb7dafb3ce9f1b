import Dispatch
import GateEngine
import GateModel
import Synchronization
import SystemdSystem

/// Lowers the shields of a transaction whose dpkg has ended, on a thread of its own: systemd takes a while to read its unit
/// files again, and the network is looked at meanwhile.
final class ShieldLowering: Sendable {
  /// What came of it.
  struct Outcome: Sendable {
    /// The shielded units as they were before: the invocations that run old code.
    var units: [UnitSnapshot] = []
    /// Why the shields are not known to be down.
    var problem: SystemdError?
  }

  private let record: TransactionRecord
  private let deadline: ContinuousClock.Instant
  private let isDone = DispatchSemaphore(value: 0)
  private let result = Mutex(Outcome())

  /// Begins.
  init(_ record: TransactionRecord, by deadline: ContinuousClock.Instant) {
    self.record = record
    self.deadline = deadline
    do {
      try DetachedThread.start(run)
    } catch {
      run()
    }
  }

  /// Waits for the end, which comes by the deadline; for one who asks once.
  func outcome() -> Outcome {
    isDone.wait()
    return result.withLock { $0 }
  }

  @Sendable private func run() {
    let outcome = lower()
    result.withLock { $0 = outcome }
    isDone.signal()
  }

  private func lower() -> Outcome {
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
