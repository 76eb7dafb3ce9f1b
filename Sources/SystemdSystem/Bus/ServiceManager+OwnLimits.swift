internal import CSystemd
public import GateModel
import Glibc

extension ServiceManager {
  /// The system unit of a process, such as `apt-daily-upgrade.service` or `session-1.scope`; nil if it has none.
  ///
  /// Read from its control group: no bus is asked.
  public static func unit(ofProcess pid: Int32) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard csd_pid_unit(pid, &text) >= 0, let text else { return nil }
    defer { csd_free(text) }
    return String(cString: text)
  }

  /// The limits by which systemd would kill this process, the nearest first; empty if there are none.
  public func ownTimeLimits(by deadline: ContinuousClock.Instant) throws(SystemdError) -> [ProcessTimeLimit] {
    let isShuttingDown = try isShuttingDown(by: deadline)
    guard let name = Self.unit(ofProcess: getpid()) else {
      return isShuttingDown ? [ProcessTimeLimit(unit: "-.slice", reason: .shutdown, left: nil)] : []
    }
    return ProcessTimeLimit.limits(
      of: try unit(name, by: deadline), isShuttingDown: isShuttingDown, now: .sinceBoot)
  }
}

extension Duration {
  /// The time since boot on the clock that systemd counts by, which stands still while the machine sleeps.
  static var sinceBoot: Duration {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
