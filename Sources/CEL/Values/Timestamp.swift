/// A CEL timestamp: a moment between 0001-01-01T00:00:00Z and 9999-12-31T23:59:59.999999999Z, to the nanosecond.
public struct Timestamp: Hashable, Sendable, Comparable {
  /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
  public let seconds: Int64
  /// 0 to 999,999,999, added to `seconds`.
  public let nanoseconds: Int32

  static let allowedSeconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// `nil` outside the years 1 to 9999 or where the nanoseconds are not part of one second.
  public init?(seconds: Int64, nanoseconds: Int32 = 0) {
    guard Self.allowedSeconds.contains(seconds), (0..<1_000_000_000).contains(nanoseconds) else { return nil }
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Earlier first.
  public static func < (a: Self, b: Self) -> Bool {
    a.seconds != b.seconds ? a.seconds < b.seconds : a.nanoseconds < b.nanoseconds
  }

  /// The moment a duration later, or `nil` outside the years 1 to 9999.
  public func advanced(by duration: Nanoseconds) -> Timestamp? {
    // Rounded towards zero: rounded down, the whole seconds of the longest negative durations would overflow again as
    // nanoseconds.
    let (whole, part) = duration.count.quotientAndRemainder(dividingBy: 1_000_000_000)
    let sum = part + Int64(nanoseconds)
    let carry: Int64 = sum < 0 ? -1 : sum / 1_000_000_000
    return Timestamp(seconds: seconds + whole + carry, nanoseconds: Int32(sum - carry * 1_000_000_000))
  }

  /// The time from `other` to here, or `nil` where it does not fit a duration.
  public func distance(since other: Timestamp) -> Nanoseconds? {
    let (scaled, overflow) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
    let (sum, carry) = scaled.addingReportingOverflow(Int64(nanoseconds) - Int64(other.nanoseconds))
    return overflow || carry ? nil : Nanoseconds(sum)
  }
}

extension Timestamp: CustomStringConvertible {
  /// RFC 3339 in UTC with the decimals needed, for example `2009-02-13T23:31:30.5Z`.
  public var description: String {
    let fields = CalendarFields(seconds: seconds)
    let date =
      "\(Self.padded(fields.date.year, 4))-\(Self.padded(fields.date.month, 2))-\(Self.padded(fields.date.day, 2))"
    let time = "\(Self.padded(fields.hour, 2)):\(Self.padded(fields.minute, 2)):\(Self.padded(fields.second, 2))"
    return "\(date)T\(time)\(DecimalFraction.text(nanoseconds: UInt64(nanoseconds)))Z"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }
}

/// A moment's fields on a clock whose seconds since 1970 already include the zone's offset.
struct CalendarFields {
  let date: CivilDate
  let hour: Int64
  let minute: Int64
  let second: Int64
  /// 0 for Sunday; 1970-01-01 was a Thursday.
  let dayOfWeek: Int64

  init(seconds: Int64) {
    let days = CivilDate.floorDivide(seconds, 86_400)
    let rest = seconds - days * 86_400
    date = CivilDate(daysSinceEpoch: days)
    hour = rest / 3600
    minute = rest % 3600 / 60
    second = rest % 60
    dayOfWeek = ((days + 4) % 7 + 7) % 7
  }
}
