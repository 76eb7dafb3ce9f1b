/// A CEL duration: a signed count of nanoseconds, about ±292 years.
///
/// The language definition allows ±10,000 years, but its conformance suite wants a difference of two timestamps that does
/// not fit 64 bits of nanoseconds to be an error, and so does this type.
public struct Nanoseconds: Hashable, Sendable, Comparable {
  /// Nanoseconds.
  public var count: Int64

  /// A duration of that many nanoseconds.
  public init(_ count: Int64) { self.count = count }

  /// The duration of the standard library, or `nil` where it is outside the range or finer than a nanosecond counts.
  public init?(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
    if overflow || carry { return nil }
    count = sum
  }

  /// Shorter first; negative ones are shorter than positive ones.
  public static func < (a: Self, b: Self) -> Bool { a.count < b.count }

  /// The same length of time as the standard library's `Duration`.
  public var duration: Duration { .nanoseconds(count) }
}

extension Nanoseconds: CustomStringConvertible {
  /// Seconds with as many decimals as needed and the suffix `s`, for example `1.5s`.
  public var description: String {
    let magnitude = count.magnitude
    let sign = count < 0 ? "-" : ""
    let whole = magnitude / 1_000_000_000
    let fraction = DecimalFraction.text(nanoseconds: magnitude % 1_000_000_000)
    return "\(sign)\(whole)\(fraction)s"
  }
}

/// The decimals of a second, shared by timestamps and durations.
enum DecimalFraction {
  /// `.` and up to nine digits without trailing zeros, or nothing for zero.
  static func text(nanoseconds: UInt64) -> String {
    guard nanoseconds > 0 else { return "" }
    var digits = String(nanoseconds)
    digits = String(repeating: "0", count: max(0, 9 - digits.utf8.count)) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "." + digits
  }
}
