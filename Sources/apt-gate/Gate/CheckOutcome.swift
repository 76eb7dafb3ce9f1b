import GateEngine
import GateModel

/// A report, and what the exit code must say of it.
struct CheckOutcome {
  var report: CheckReport
  /// The facts that were decided on, in the report's order.
  var facts: [Facts]
  /// Whether a policy could not be read: then no verdict is sure, whatever it says.
  var isPolicyBroken: Bool

  var status: ExitStatus {
    isPolicyBroken ? .undetermined : ExitStatus(strictest: report.summary.strictest)
  }
}
