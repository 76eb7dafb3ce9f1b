import GateModel
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", Int64(0)), ("2026-11-21T10:55:48Z", 1_795_258_548),
    ("0001-01-01T00:00:00Z", -62_135_596_800),
    ("9999-12-31T23:59:59Z", 253_402_300_799), ("2024-02-29T23:59:59Z", 1_709_251_199),
    ("1969-12-31T23:59:59Z", -1), ("1900-03-01T00:00:00Z", -2_203_891_200),
  ])
  func readsAndWrites(text: String, seconds: Int64) {
    #expect(Timestamp(text)?.secondsSinceEpoch == seconds)
    #expect(Timestamp(secondsSinceEpoch: seconds).description == text)
  }

  @Test func offsetsAndFractions() {
    #expect(Timestamp("2026-11-21T12:55:48.25+02:00") == Timestamp("2026-11-21T10:55:48Z"))
    #expect(Timestamp("2026-11-21T08:25:48-02:30") == Timestamp("2026-11-21T10:55:48Z"))
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T10:55:48", "2026-13-01T00:00:00Z", "2026-02-29T00:00:00Z", "2026-11-21T24:00:00Z",
    "2026-11-21T10:55:48.Z", "2026-11-21T10:55:48+0200", "2026-11-21T10:55:48Zx", "2026-11-2110:55:48ZZ",
    "é026-11-21T10:55:48Z",
  ])
  func refuses(text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func endsOfTimeDoNotOverflow() {
    let last = Timestamp(secondsSinceEpoch: .max)
    #expect(last.advanced(by: .seconds(1)) == last)
    #expect(last.description == "9999-12-31T23:59:59Z")
    #expect(Timestamp(secondsSinceEpoch: .min).duration(since: last) == .seconds(Int64.min))
  }

  /// Every day from 1900 to 2100: numbers and dates agree, and each follows the one before.
  @Test func everyDayOfTwoCenturies() {
    let first = CivilDate("1900-01-01")?.daysSinceEpoch ?? 0
    let last = CivilDate("2100-12-31")?.daysSinceEpoch ?? 0
    #expect(last - first == 73_413)
    for day in first...last {
      let date = CivilDate(daysSinceEpoch: day)
      #expect(CivilDate(date.description) == date)
    }
    #expect(CivilDate(daysSinceEpoch: 0).weekday == 3)
    #expect(CivilDate("2026-11-21")?.weekday == 5)
  }
}
