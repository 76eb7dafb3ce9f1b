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
  private let steps: Mutex<[(name: String, end: ContinuousClock.Instant)]>

  /// `isWhole` is false for a process that does something else first, until ``begin()``.
  init(_ hook: String, isWhole: Bool = true) {
    self.hook = hook
    let now = ContinuousClock.now
    var used = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used)
    let begin = now - (.seconds(used.tv_sec) + .nanoseconds(used.tv_nsec))
    steps = Mutex(isWhole ? [("", begin), ("start", now)] : [("", now)])
    path = getuid() == geteuid() ? Environment.value(of: Self.variable) : nil
  }

  /// What was before does not count.
  func begin() { steps.withLock { $0 = [("", .now)] } }

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
    let steps = steps.withLock { $0 }
    guard let path, var last = steps.first?.end else { return }
    var words = [hook, "total=" + Self.milliseconds(last.duration(to: .now))]
    for step in steps.dropFirst() {
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
