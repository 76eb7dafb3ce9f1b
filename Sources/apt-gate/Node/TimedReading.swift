import Dispatch
import Synchronization

/// Reading on a thread of its own: a file system or a process that hangs then hangs nobody else.
enum TimedReading {
  /// What `read` gives; nil if that takes longer than `limit`. It is not ended then, and what it gives is dropped.
  static func value<Value: Sendable>(within limit: Duration, _ read: @escaping @Sendable () -> Value) -> Value? {
    let answer = Answer<Value>()
    DispatchQueue.global().async { answer.give(read()) }
    guard answer.isThere.wait(timeout: .now() + .milliseconds(Int(limit / .milliseconds(1)))) == .success else {
      return nil
    }
    return answer.value.withLock { $0 }
  }

  /// What the thread hands over.
  private final class Answer<Value: Sendable>: Sendable {
    let isThere = DispatchSemaphore(value: 0)
    let value = Mutex<Value?>(nil)

    func give(_ given: Value) {
      value.withLock { $0 = given }
      isThere.signal()
    }
  }
}
