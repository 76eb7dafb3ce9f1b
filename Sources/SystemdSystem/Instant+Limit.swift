extension ContinuousClock.Instant {
  /// What is left until then in microseconds, as CSystemd takes its timeouts; 0 if it is over.
  var microsecondsLeft: UInt64 {
    let (seconds, attoseconds) = (self - .now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    // A year is as good as for ever, and keeps the sum within its type.
    return UInt64(min(seconds, 31_536_000)) * 1_000_000 + UInt64(attoseconds / 1_000_000_000_000)
  }
}
