internal import Synchronization

/// Token buckets by name, in bounded memory. Each coordinator counts for itself.
final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var filled: ContinuousClock.Instant
  }

  /// More names than this and the fullest buckets, those of callers who ask seldom, are forgotten.
  private static let mostNames = 65_536

  private let rate: Double
  private let burst: Double
  private let buckets = Mutex<[String: Bucket]>([:])

  init(perSecond rate: Double, burst: Double) {
    self.rate = rate
    self.burst = burst
  }

  /// Takes one request of `name`; nil if it may pass, otherwise how long to wait.
  func take(_ name: String, at now: ContinuousClock.Instant) -> Duration? {
    buckets.withLock { buckets in
      if buckets.count >= Self.mostNames, buckets[name] == nil { forget(&buckets, at: now) }
      var bucket = buckets[name] ?? Bucket(tokens: burst, filled: now)
      bucket.tokens = min(burst, bucket.tokens + (now - bucket.filled) / .seconds(1) * rate)
      bucket.filled = now
      defer { buckets[name] = bucket }
      guard bucket.tokens >= 1 else { return .seconds((1 - bucket.tokens) / rate) }
      bucket.tokens -= 1
      return nil
    }
  }

  /// Drops buckets that are full again; if none is, all of them: then everybody begins anew, which errs on the open side
  /// for a moment and never runs out of memory.
  private func forget(_ buckets: inout [String: Bucket], at now: ContinuousClock.Instant) {
    buckets = buckets.filter { $0.value.tokens + (now - $0.value.filled) / .seconds(1) * rate < burst }
    if buckets.count >= Self.mostNames { buckets = [:] }
  }
}
