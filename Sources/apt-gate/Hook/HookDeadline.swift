import Glibc

/// The one time limit of a hook: what happens at its end happens whatever the rest of the process waits for.
final class HookDeadline: Sendable {
  /// Without a configuration. apt has no limit of its own, and holds dpkg's lock meanwhile.
  static let standard = Duration.seconds(5)

  let limit: Duration
  let instant: ContinuousClock.Instant
  private let expired: @Sendable () -> Int32

  /// Starts to count. At the end `expired` is called on a thread of its own, and the process exits at once with what it
  /// gives: no destructor and no flush of a buffer can hold it.
  static func start(_ limit: Duration, expired: @escaping @Sendable () -> Int32) -> HookDeadline {
    let deadline = HookDeadline(limit, expired)
    try? DetachedThread.start(deadline.wait)
    return deadline
  }

  private init(_ limit: Duration, _ expired: @escaping @Sendable () -> Int32) {
    self.limit = limit
    self.expired = expired
    instant = .now + limit
  }

  @Sendable private func wait() {
    while ContinuousClock.now < instant {
      let left = ContinuousClock.now.duration(to: instant).components
      usleep(UInt32(clamping: max(1, left.seconds * 1_000_000 + left.attoseconds / 1_000_000_000_000)))
    }
    _exit(expired())
  }
}
