import Documents
import Testing

@Suite struct PlainScalarTypeTests {
  @Test(arguments: [
    ("no", PlainScalarType.boolean), ("Off", .boolean), ("1.10", .number), ("0x1f", .number), ("1_000", .number),
    ("12:30", .number), (".inf", .number), ("~", .null), ("", .null), ("2026-11-21", .timestamp), ("systemd", .text),
    ("1.2.3", .text), ("nope", .text), ("-", .text),
  ])
  func trap(text: String, type: PlainScalarType) {
    #expect(PlainScalarType(text) == type)
  }
}
