/// The instant by which something must be done.
public struct Deadline: Sendable {
  public let instant: ContinuousClock.Instant

  public init(_ instant: ContinuousClock.Instant) { self.instant = instant }

  /// `duration` from now.
  public static func after(_ duration: Duration) -> Self { Self(.now + duration) }

  public var isOver: Bool { instant <= .now }

  /// What is left, rounded up; 0 if it is over.
  var milliseconds: Int32 {
    let (seconds, attoseconds) = (instant - .now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    let rounded = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
    return Int32(clamping: seconds < 1_000_000 ? seconds * 1000 + rounded : Int64(Int32.max))
  }
}
