import Dispatch
import Synchronization

/// A value that another thread gives, once.
final class Handover<Value: Sendable>: Sendable {
  private let isThere = DispatchSemaphore(value: 0)
  private let value = Mutex<Value?>(nil)

  /// Runs `body`, which gives the value, on a thread of its own; on this one if none can be started.
  init(_ body: @escaping @Sendable () -> Value) {
    do {
      try DetachedThread.start { self.give(body()) }
    } catch {
      give(body())
    }
  }

  private func give(_ given: Value) {
    value.withLock { $0 = given }
    isThere.signal()
  }

  /// Waits for the value; nil if it is not there by `deadline`. For one who asks once.
  func take(by deadline: ContinuousClock.Instant) -> Value? {
    let left = max(.zero, ContinuousClock.now.duration(to: deadline))
    guard isThere.wait(timeout: .now() + .nanoseconds(Int(left / .nanoseconds(1)))) == .success else { return nil }
    return value.withLock { $0 }
  }
}
