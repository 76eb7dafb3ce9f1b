import Documents
import Testing

@Suite struct DurationTextTests {
  @Test(arguments: [
    ("90m", 5400), ("1d12h", 129_600), ("2w", 1_209_600), ("3650d", 315_360_000), ("0s", nil), ("", nil), ("1", nil),
    ("1h1d", nil), ("1d1d", nil), ("-1d", nil), ("3651d", nil), ("99999999999999999999d", nil), ("1 d", nil),
  ])
  func parse(text: String, seconds: Int?) {
    #expect(DurationText.parse(text) == seconds.map { .seconds($0) })
  }

  @Test(arguments: [(0, "0 seconds"), (61, "1 minute 1 second"), (129_600, "1 day 12 hours"), (90_061, "1 day 1 hour")])
  func inWords(seconds: Int, text: String) {
    #expect(DurationText.text(.seconds(seconds)) == text)
  }
}
