/// Reading on a thread of its own: a file system or a process that hangs then hangs nobody else.
enum TimedReading {
  /// What `read` gives; nil if that takes longer than `limit`. It is not ended then, and what it gives is dropped.
  static func value<Value: Sendable>(within limit: Duration, _ read: @escaping @Sendable () -> Value) -> Value? {
    let deadline = ContinuousClock.now + limit
    return Handover(read).take(by: deadline)
  }
}
