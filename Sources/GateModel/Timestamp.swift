/// A moment, in whole seconds.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z, leap seconds not counted.
  public var secondsSinceEpoch: Int64

  public init(secondsSinceEpoch: Int64) {
    self.secondsSinceEpoch = secondsSinceEpoch
  }

  /// The years that can be written in four digits; other moments are brought inside.
  private static let seconds: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// RFC 3339 in UTC, such as `2026-11-21T10:55:48Z`.
  public var description: String {
    let seconds = min(max(secondsSinceEpoch, Self.seconds.lowerBound), Self.seconds.upperBound)
    let day = CivilDate(daysSinceEpoch: Int(floorDivide(seconds, 86_400)))
    let second = Int(seconds - floorDivide(seconds, 86_400) * 86_400)
    return String(unsafeUninitializedCapacity: 20) { text in
      let length = text.initialize(fromContentsOf: "0000-00-00T00:00:00Z".utf8)
      func put(_ number: Int, at place: Int) {
        text[place] += UInt8(number / 10)
        text[place + 1] += UInt8(number % 10)
      }
      put(day.year / 100, at: 0)
      put(day.year % 100, at: 2)
      put(day.month, at: 5)
      put(day.day, at: 8)
      put(second / 3600, at: 11)
      put(second / 60 % 60, at: 14)
      put(second % 60, at: 17)
      return length
    }
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.secondsSinceEpoch < right.secondsSinceEpoch
  }

  /// The moment `duration` later; fractions of seconds are dropped and what overflows stops at the end of time.
  public func advanced(by duration: Duration) -> Timestamp {
    let (sum, overflow) = secondsSinceEpoch.addingReportingOverflow(duration.components.seconds)
    let end: Int64 = duration < .zero ? .min : .max
    return Timestamp(secondsSinceEpoch: overflow ? end : sum)
  }

  /// How long it is from `earlier` to this moment; negative if that is later.
  public func duration(since earlier: Timestamp) -> Duration {
    let (difference, overflow) = secondsSinceEpoch.subtractingReportingOverflow(earlier.secondsSinceEpoch)
    return .seconds(overflow ? (self > earlier ? .max : .min) : difference)
  }
}

extension Timestamp {
  /// Reads RFC 3339, section 5.6; fractions of seconds are dropped. nil if `text` is not that.
  public init?(_ text: String) { self.init(utf8: Array(text.utf8)[...]) }

  /// The same of a text's bytes.
  public init?(utf8 bytes: ArraySlice<UInt8>) {
    let start = bytes.startIndex
    guard bytes.count >= 20, bytes[start + 4] == UInt8(ascii: "-"), bytes[start + 7] == UInt8(ascii: "-"),
      bytes[start + 10] | 0x20 == UInt8(ascii: "t"), bytes[start + 13] == UInt8(ascii: ":"),
      bytes[start + 16] == UInt8(ascii: ":"), let year = digits(bytes, start..<start + 4, atMost: 9999),
      let month = digits(bytes, start + 5..<start + 7, atMost: 12),
      let dayOfMonth = digits(bytes, start + 8..<start + 10, atMost: 31),
      let hour = digits(bytes, start + 11..<start + 13, atMost: 23),
      let minute = digits(bytes, start + 14..<start + 16, atMost: 59),
      let second = digits(bytes, start + 17..<start + 19, atMost: 60),
      let day = CivilDate(year: year, month: month, day: dayOfMonth),
      let offset = Self.offset(bytes[(start + 19)...])
    else { return nil }
    let local = Int64(day.daysSinceEpoch) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    self.init(secondsSinceEpoch: local - Int64(offset))
  }

  /// Seconds east of UTC, from what follows the seconds.
  private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
    var rest = bytes
    if rest.count == 1, rest.first == UInt8(ascii: "Z") { return 0 }
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
      guard !fraction.isEmpty else { return nil }
      rest = rest[fraction.endIndex...]
    }
    guard let sign = rest.first else { return nil }
    if sign | 0x20 == UInt8(ascii: "z") { return rest.count == 1 ? 0 : nil }
    rest = rest.dropFirst()
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), rest.count == 5,
      rest[rest.startIndex + 2] == UInt8(ascii: ":"),
      let hours = digits(rest, rest.startIndex..<rest.startIndex + 2, atMost: 23),
      let minutes = digits(rest, rest.endIndex - 2..<rest.endIndex, atMost: 59)
    else { return nil }
    return (sign == UInt8(ascii: "-") ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}

private func digits(_ bytes: ArraySlice<UInt8>, _ places: Range<Int>, atMost limit: Int) -> Int? {
  var value = 0
  for place in places {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[place]) else { return nil }
    value = value * 10 + Int(bytes[place] - UInt8(ascii: "0"))
  }
  return value <= limit ? value : nil
}

func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

func floorDivide(_ number: Int64, _ divisor: Int64) -> Int64 {
  number >= 0 ? number / divisor : -((divisor - 1 - number) / divisor)
}
