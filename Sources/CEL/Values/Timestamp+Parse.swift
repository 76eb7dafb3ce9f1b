extension Timestamp {
  /// Reads RFC 3339, `2009-02-13T23:31:30.5Z` or with an offset such as `+02:00`.
  ///
  /// `nil` for any other form, for a date that does not exist, for a leap second, and outside the years 1 to 9999.
  public init?(text: String) {
    var reader = DigitReader(text)
    guard
      let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
      let day = reader.number(2), reader.take("T"), let hour = reader.number(2), reader.take(":"),
      let minute = reader.number(2), reader.take(":"), let second = reader.number(2)
    else { return nil }
    guard let nanoseconds = reader.fraction(), let offset = reader.offset(), reader.isAtEnd else { return nil }
    let date = CivilDate(year: year, month: month, day: day)
    guard (1...12).contains(month), (1...date.daysInMonth).contains(day) else { return nil }
    guard hour < 24, minute < 60, second < 60 else { return nil }
    let local = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second
    self.init(seconds: local - offset, nanoseconds: nanoseconds)
  }
}

/// Reads the fixed-width numbers of dates and offsets.
struct DigitReader {
  private var bytes: ArraySlice<UInt8>

  init(_ text: String) { bytes = Array(text.utf8)[...] }

  var isAtEnd: Bool { bytes.isEmpty }

  mutating func take(_ character: Character) -> Bool {
    guard let byte = bytes.first, byte == character.asciiValue else { return false }
    bytes.removeFirst()
    return true
  }

  mutating func number(_ width: Int) -> Int64? {
    guard bytes.count >= width else { return nil }
    var result: Int64 = 0
    for byte in bytes.prefix(width) {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      result = result * 10 + Int64(byte - UInt8(ascii: "0"))
    }
    bytes = bytes.dropFirst(width)
    return result
  }

  /// Up to nine decimals after a point as nanoseconds; zero where there is no point; `nil` for a point without digits.
  mutating func fraction() -> Int32? {
    guard take(".") else { return 0 }
    var result: Int32 = 0
    var digits = 0
    while let digit = number(1) {
      digits += 1
      guard digits <= 9 else { return nil }
      result = result * 10 + Int32(digit)
    }
    guard digits > 0 else { return nil }
    for _ in digits..<9 { result *= 10 }
    return result
  }

  /// `Z`, `+hh:mm` or `-hh:mm` as seconds east of UTC.
  mutating func offset() -> Int64? {
    if take("Z") { return 0 }
    let isNegative = take("-")
    guard isNegative || take("+") else { return nil }
    return clock().map { isNegative ? -$0 : $0 }
  }

  /// `hh:mm` as seconds.
  mutating func clock() -> Int64? {
    guard let hours = number(2), take(":"), let minutes = number(2), hours < 24, minutes < 60 else { return nil }
    return hours * 3600 + minutes * 60
  }
}
