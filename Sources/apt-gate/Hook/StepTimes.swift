import GateEngine
import Glibc
import Synchronization

/// How long each step of a hook takes, written to the file that `APT_GATE_TIMINGS` names, a line for each run:
/// `pre-install total=41.207 start=6.918 read=0.312 ...`, in milliseconds since the step before. `start` is the processor time
/// that the program took to begin.
///
/// Only where nobody gained privileges: the file is opened as the process may.
final class StepTimes: Sendable {
  static let variable = "APT_GATE_TIMINGS"

  private let hook: String
  private let path: String?
  private let begin: ContinuousClock.Instant
  private let steps: Mutex<[(name: String, end: ContinuousClock.Instant)]>

  init(_ hook: String) {
    self.hook = hook
    let now = ContinuousClock.now
    var used = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used)
    begin = now - (.seconds(used.tv_sec) + .nanoseconds(used.tv_nsec))
    steps = Mutex([("start", now)])
    path = getuid() == geteuid() ? Environment.value(of: Self.variable) : nil
  }

  /// The step `name` has ended.
  func ended(_ name: String) {
    guard path != nil else { return }
    steps.withLock { $0.append((name, .now)) }
  }

  /// As an observer of a transaction's steps.
  func observe(_ step: TransactionStep, _ moment: StepMoment) {
    if moment == .after { ended(step.rawValue) }
  }

  /// Adds the line; failing to is nobody's business.
  func write() {
    guard let path else { return }
    var last = begin
    var words = [hook, "total=" + Self.milliseconds(begin.duration(to: .now))]
    for step in steps.withLock({ $0 }) {
      words.append("\(step.name)=" + Self.milliseconds(last.duration(to: step.end)))
      last = step.end
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let line = Array((words.joined(separator: " ") + "\n").utf8)
    _ = Glibc.write(descriptor, line, line.count)
  }

  private static func milliseconds(_ duration: Duration) -> String {
    let microseconds = duration / .microseconds(1)
    return "\(Int(microseconds) / 1000)." + String("\(1000 + Int(microseconds) % 1000)".dropFirst())
  }
}
