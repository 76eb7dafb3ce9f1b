/// What holds after the last change a zone file lists: an offset, and perhaps daylight-saving time from one day of each year
/// to another (the `TZ` string of POSIX.1, section 8.3, in the `Mm.w.d` form zone files use).
struct RecurringZoneRule: Sendable {
  private struct Change {
    let month: Int64
    let week: Int64
    let weekday: Int64
    /// Seconds after midnight of local time; may be negative or above a day.
    let time: Int64

    /// The local seconds since 1970 of the change in a year.
    func moment(in year: Int64) -> Int64 {
      let first = CivilDate(year: year, month: month, day: 1)
      let days = first.daysSinceEpoch
      let firstWeekday = ((days + 4) % 7 + 7) % 7
      var day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      if day >= first.daysInMonth { day -= 7 }
      return (days + day) * 86_400 + time
    }
  }

  private let standard: Int64
  private let daylight: (offset: Int64, begin: Change, end: Change)?

  func offset(at seconds: Int64) -> Int64 {
    guard let daylight else { return standard }
    let year = CalendarFields(seconds: seconds + standard).date.year
    let begin = daylight.begin.moment(in: year) - standard
    let end = daylight.end.moment(in: year) - daylight.offset
    let isDaylight = begin < end ? (begin..<end).contains(seconds) : !(end..<begin).contains(seconds)
    return isDaylight ? daylight.offset : standard
  }

  /// `nil` for an empty text and for forms zone files do not use.
  init?(text: String) {
    var reader = Reader(rest: Array(text.utf8)[...])
    guard reader.name(), let west = reader.signedTime() else { return nil }
    standard = -west
    guard !reader.rest.isEmpty else {
      daylight = nil
      return
    }
    guard reader.name() else { return nil }
    let offset = reader.take(",", peek: true) ? standard + 3600 : reader.signedTime().map { -$0 }
    guard let offset, let begin = reader.change(), let end = reader.change(), reader.rest.isEmpty else { return nil }
    daylight = (offset, begin, end)
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ sign: Character, peek: Bool = false) -> Bool {
      guard let byte = rest.first, byte == sign.asciiValue else { return false }
      if !peek { rest.removeFirst() }
      return true
    }

    /// `CET` or `<+03>`.
    mutating func name() -> Bool {
      if take("<") {
        rest = rest.drop { $0 != UInt8(ascii: ">") }
        return take(">")
      }
      let letters = rest.prefix { Lexer.isLetter($0) }
      rest = rest.dropFirst(letters.count)
      return !letters.isEmpty
    }

    mutating func number() -> Int64? {
      let digits = rest.prefix { Lexer.isDigit($0) }
      rest = rest.dropFirst(digits.count)
      return digits.count <= 4 ? Int64(String(decoding: digits, as: UTF8.self)) : nil
    }

    /// `[+-]hh[:mm[:ss]]` as seconds.
    mutating func signedTime() -> Int64? {
      let sign: Int64 = take("-") ? -1 : 1
      if sign == 1 { _ = take("+") }
      guard var seconds = number().map({ $0 * 3600 }) else { return nil }
      for scale: Int64 in [60, 1] where take(":") {
        guard let part = number() else { return nil }
        seconds += part * scale
      }
      return sign * seconds
    }

    /// `,Mm.w.d[/time]`.
    mutating func change() -> Change? {
      guard take(","), take("M"), let month = number(), take("."), let week = number(), take("."), let day = number()
      else { return nil }
      guard (1...12).contains(month), (1...5).contains(week), (0...6).contains(day) else { return nil }
      guard take("/") else { return Change(month: month, week: week, weekday: day, time: 7200) }
      return signedTime().map { Change(month: month, week: week, weekday: day, time: $0) }
    }
  }
}
