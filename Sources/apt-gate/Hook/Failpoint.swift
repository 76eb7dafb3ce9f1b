import GateEngine
import Glibc

/// A named point at which a test makes a process die, stop or fail: `APT_GATE_FAILPOINT=NAME:WHAT,...`.
///
/// Only who may set the environment of apt's hooks, root, reaches it, and all it can do is to stop apt-gate at a point,
/// as a `kill` can: the hook that ends early is refused by apt, so no failpoint lets anything through. It is not there
/// for programs that gained privileges.
enum Failpoint: Hashable {
  /// Before a step of a transaction, or after it: `NAME`, or `NAME-done`.
  case step(TransactionStep, StepMoment)
  case point(Point)

  /// The points besides the steps of a transaction.
  enum Point: String, CaseIterable {
    /// Before apt's words are read.
    case read
    /// Before the changes are decided on.
    case decide
    /// Inside of the steps before dpkg, after what is undone if the rest fails.
    case ledger, snapshot, `guard`, shield, shielded
    /// dpkg is let go with the end of the process: before that is noted, and after.
    case allow, allowed
    /// The guard has said that it is ready.
    case guardWatch = "guard-watch"
    /// The guard has seen the end of dpkg.
    case guardFinish = "guard-finish"
    /// The hook after dpkg, before it looks for transactions.
    case postInstall = "post-install"
    /// A sync: before its decisions are recorded, before the pins are written, after they are, and at its end.
    case syncRecord = "sync-record"
    case syncEnact = "sync-enact"
    case syncEnacted = "sync-enacted"
    case syncRecorded = "sync-recorded"
    /// An owed restart: recorded; its guard is ready; systemd is asked; systemd is done; its outcome is recorded.
    case restartIntent = "restart-intent"
    case restartGuard = "restart-guard"
    case restartJob = "restart-job"
    case restartFinish = "restart-finish"
    case restartRecorded = "restart-recorded"
  }

  static let variable = "APT_GATE_FAILPOINT"

  /// Every point that a process may be made to die at.
  static let all: [Failpoint] =
    TransactionStep.allCases.flatMap { step in StepMoment.allCases.map { .step(step, $0) } }
    + Point.allCases.map { .point($0) }

  var name: String {
    switch self {
    case .step(let step, .before): step.rawValue
    case .step(let step, .after): step.rawValue + "-done"
    case .point(let point): point.rawValue
    }
  }

  struct Reached: Error, CustomStringConvertible {
    var name: String
    var description: String { "failpoint `\(name)`" }
  }

  /// Does what the environment asks for at `point`: `kill`, `stop` (SIGSTOP), `hang` or, where something may be thrown,
  /// `error`.
  static func reach(_ point: Point) { Failpoint.point(point).reach() }

  static func reachOrThrow(_ point: Point) throws {
    reach(point)
    if Failpoint.point(point).action == "error" { throw Reached(name: point.rawValue) }
  }

  /// As an observer of a transaction's steps.
  static func reach(_ step: TransactionStep, _ moment: StepMoment) { Failpoint.step(step, moment).reach() }

  private func reach() {
    switch action {
    case "kill": kill(getpid(), SIGKILL)
    case "stop": kill(getpid(), SIGSTOP)
    case "hang": while true { sleep(3600) }
    default: break
    }
  }

  private var action: Substring? {
    guard let text = Environment.value(of: Self.variable), getuid() == geteuid() else { return nil }
    return text.split(separator: ",").first { $0.hasPrefix("\(name):") }?.dropFirst(name.utf8.count + 1)
  }
}
