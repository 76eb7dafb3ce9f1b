import Documents
import Testing

@Suite struct NearestNameTests {
  private static let names = ["allow", "hold", "stage", "maintenance-window"]

  @Test(arguments: [
    ("alow", "allow"), ("Hold", "hold"), ("satge", "stage"), ("maintenance_windw", "maintenance-window"),
    ("zzzz", nil), ("", nil),
  ])
  func nearest(name: String, meant: String?) {
    #expect(NearestName.of(name, in: Self.names) == meant)
  }

  @Test func aFarNameGetsTheList() {
    #expect(NearestName.suggestion(for: "zzzz", in: ["a", "b"]) == "one of: `a`, `b`")
  }

  @Test func aVeryLongNameIsNotCompared() {
    #expect(NearestName.of(String(repeating: "x", count: 100_000), in: Self.names) == nil)
  }
}
