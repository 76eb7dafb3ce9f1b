import CEL
import Glibc
import Testing

@Suite(.serialized) struct TimeTests {
  @Test(arguments: [
    ("timestamp('2024-02-29T12:00:00.5+02:00')", "2024-02-29T10:00:00.5Z"),
    (
      "timestamp('2023-02-29T00:00:00Z')",
      "error: `2023-02-29T00:00:00Z` is not a timestamp; write it as `2006-01-02T15:04:05Z`"
    ),
    ("timestamp(253402300800)", "error: a timestamp is in the years 1 to 9999"),
    ("timestamp('2024-03-01T00:00:00Z') - duration('24h')", "2024-02-29T00:00:00Z"),
    ("duration('1h1.5s')", "3601.5s"), ("duration('-1.5ms') + duration('1us')", "-0.001499s"),
    ("duration('1')", "error: `1` is not a duration; write it as `1h30m`"),
    ("duration('292y')", "error: `292y` is not a duration; write it as `1h30m`"),
    ("timestamp('2024-01-01T00:00:00Z').getDayOfYear()", "0"),
    ("timestamp('2024-12-31T23:00:00Z').getFullYear('+01:00')", "2025"),
    (
      "timestamp('2024-07-01T00:00:00Z').getHours('Europe/Nowhere')",
      "error: `Europe/Nowhere` is neither a time zone nor an offset such as `+02:00`"
    ),
    (
      "timestamp('2024-07-01T00:00:00Z').getHours('../../etc/passwd')",
      "error: `../../etc/passwd` is neither a time zone nor an offset such as `+02:00`"
    ),
  ])
  func datesAndDurations(_ expression: String, _ expected: String) {
    #expect(Evaluation.text(expression) == expected)
  }

  /// Found by fuzzing: the longest negative duration trapped.
  @Test(arguments: [
    (Int64.min, Int64(0), Int32(0), "1677-09-21T00:12:43.145224192Z"),
    (.min + 1, 0, 0, "1677-09-21T00:12:43.145224193Z"), (.max, 0, 0, "2262-04-11T23:47:16.854775807Z"),
    (-1, 0, 0, "1969-12-31T23:59:59.999999999Z"), (-1, 5, 1, "1970-01-01T00:00:05Z"),
    (999_999_999, 0, 999_999_999, "1970-01-01T00:00:01.999999998Z"),
  ])
  func advancing(by count: Int64, from seconds: Int64, _ nanoseconds: Int32, gives text: String) {
    let moment = Timestamp(seconds: seconds, nanoseconds: nanoseconds)
    #expect(moment?.advanced(by: Nanoseconds(count))?.description == text)
  }

  /// The C library knows the zones too: both must agree, also after the last change a zone's file lists.
  @Test(arguments: [
    "Europe/Vienna", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "Europe/Dublin",
  ])
  func agreesWithTheSystem(_ zone: String) throws {
    let before = getenv("TZ").map { String(cString: $0) }
    defer {
      if let before { setenv("TZ", before, 1) } else { unsetenv("TZ") }
      tzset()
    }
    setenv("TZ", zone, 1)
    tzset()
    var environment = Environment()
    environment.declare("t", .timestamp)
    let program = try environment.compile("[t.getHours('\(zone)'), t.getMinutes('\(zone)'), t.getDayOfYear('\(zone)')]")
    var activation = environment.activation()
    for step in 0..<600 {
      let seconds = 5_000_000 + step * 7_777_777
      var moment = time_t(seconds)
      var fields = tm()
      localtime_r(&moment, &fields)
      activation["t"] = Timestamp(seconds: Int64(seconds)).map { .timestamp($0) }
      #expect(
        Evaluation.text(program, activation) == "[\(fields.tm_hour), \(fields.tm_min), \(fields.tm_yday)]",
        "\(zone) at \(seconds)")
    }
  }
}
