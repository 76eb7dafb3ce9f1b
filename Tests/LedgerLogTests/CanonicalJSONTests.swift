import GateModel
import TestSupport
import Testing

@testable import LedgerLog

@Suite struct CanonicalJSONTests {
  /// RFC 8785, appendix B.
  @Test(
    arguments: [
      (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
      (0x8000_0000_0000_0001, "-5e-324"), (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
      (0x4340_0000_0000_0000, "9007199254740992"), (0xc340_0000_0000_0000, "-9007199254740992"),
      (0x4430_0000_0000_0000, "295147905179352830000"), (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
      (0x44b5_2d02_c7e1_4af6, "1e+23"), (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
      (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"), (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
      (0x444b_1ae4_d6e2_ef50, "1e+21"), (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
      (0x3eb0_c6f7_a0b5_ed8d, "0.000001"), (0x41b3_de43_5555_5553, "333333333.3333332"),
      (0x41b3_de43_5555_5555, "333333333.3333333"), (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
      (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ] as [(UInt64, String)])
  func numbersAreAsInTheRFC(bits: UInt64, text: String) {
    #expect(CanonicalNumber.text(of: Double(bitPattern: bits)) == text)
  }

  /// RFC 8785, section 3.2.3: by UTF-16 units, so that the emoji comes before U+FB33.
  @Test func keysAreInTheOrderOfTheRFC() throws {
    let value: JSONValue = [
      "\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7,
    ]
    let text = String(decoding: CanonicalJSON.bytes(of: value), as: UTF8.self)
    #expect(text == "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}")
  }

  @Test func escapesAreTheShortest() {
    let text = CanonicalJSON.bytes(of: .string("\u{20ac}$\u{0f}\nA'B\"\\\"/\u{7f}"))
    #expect(String(decoding: text, as: UTF8.self) == "\"\u{20ac}$\\u000f\\nA'B\\\"\\\\\\\"/\u{7f}\"")
  }

  @Test(arguments: [
    " 1", "01", "1.0", "-0", "1e2", "{\"b\":1,\"a\":1}", "{\"a\":1,\"a\":1}", "\"\\u0041\"", "\"\\/\"", "[1, 2]",
    "[1,]", "",
    "\"\\u000A\"", "\"\n\"", "nul", "{1:2}", "9007199254740993", "\"",
  ])
  func otherFormsAreRefused(text: String) {
    #expect(throws: LedgerLogError.self) { try JSONValue(canonical: Array(text.utf8)) }
  }

  /// Whatever is accepted has one form: writing it again gives the same bytes.
  @Test func whatIsAcceptedIsCanonical() {
    var seed = Seed("canonical")
    let base = Array("{\"a\":[1,-2.5,true,null,\"x\\n\u{20ac}\"],\"b\":{\"c\":1e+21}}".utf8)
    var accepted = 0
    for _ in 0..<20_000 {
      var bytes = base
      bytes[seed.below(bytes.count)] = seed.number()
      guard let value = try? JSONValue(canonical: bytes) else { continue }
      accepted += 1
      #expect(CanonicalJSON.bytes(of: value) == bytes)
    }
    #expect(accepted > 100)
  }

  /// Strings are read eight bytes at a time where they can be: what must not stand in one is found at every place.
  @Test func everyPlaceOfAStringIsLookedAt() throws {
    for length in 0..<40 {
      for place in 0..<length {
        for byte in [0x00, 0x09, 0x1F, 0x22, 0x5C, 0x80, 0xC3, 0xFF] as [UInt8] {
          var text = [UInt8](repeating: UInt8(ascii: "x"), count: length)
          text[place] = byte
          #expect(throws: LedgerLogError.self, "\(length) \(place) \(byte)") {
            try JSONValue(canonical: [0x22] + text + [0x22])
          }
        }
        var text = Array(repeating: "x", count: length)
        text[place] = "\u{20ac}"
        #expect(try JSONValue(canonical: Array("\"\(text.joined())\"".utf8)) == .string(text.joined()))
        text[place] = "\\n"
        let value = try JSONValue(canonical: Array("\"\(text.joined())\"".utf8))
        #expect(value == .string(text.joined().replacing("\\n", with: "\n")))
      }
    }
  }

  @Test func everyControlCharacterHasOneEscape() throws {
    for value in 0..<0x20 as Range<UInt8> {
      let string = JSONValue.string(String(Unicode.Scalar(value)))
      let text = CanonicalJSON.bytes(of: string)
      #expect(try JSONValue(canonical: text) == string)
      let digits = String(value, radix: 16)
      let long = "\"\\u00\(digits.count == 1 ? "0" : "")\(digits)\""
      if Array(long.utf8) != text {
        #expect(text.count == 4)
        #expect(throws: LedgerLogError.self) { try JSONValue(canonical: Array(long.utf8)) }
      }
    }
    for other in ["0020", "0041", "007f", "00e9", "20ac", "001G", "001F", "0O00", "001", "00"] {
      #expect(throws: LedgerLogError.self) { try JSONValue(canonical: Array("\"\\u\(other)\"".utf8)) }
    }
  }

  /// By UTF-16 code units: U+10000 and beyond come before U+E000, which UTF-8 has the other way round.
  @Test(arguments: [
    ("a", "b", true), ("a", "aa", true), ("", "a", true), ("aa", "a", false), ("a", "a", false),
    ("\u{1f600}", "\u{fb33}", true), ("\u{fb33}", "\u{1f600}", false), ("a\u{1f600}", "a\u{e000}", true),
    ("\u{d7ff}", "\u{1f600}", true), ("\u{1f600}", "\u{1f601}", true), ("\\r", "1", true), ("1", "\\r", false),
    ("\\u001f", " ", true), ("\\n", "\\r", true), ("a\\n", "a", false), ("\u{e000}", "\u{e001}", true),
  ])
  func keysAreReadInTheOrderOfTheRFC(first: String, second: String, isRight: Bool) {
    let text = Array("{\"\(first)\":1,\"\(second)\":2}".utf8)
    #expect(((try? JSONValue(canonical: text)) != nil) == isRight)
  }

  @Test(arguments: [
    "0", "-1", "7", "999999999999999", "1000000000000000", "9007199254740991", "-9007199254740991", "9007199254740992",
    "1e+21", "0.000001", "1e-7", "-2.5",
  ]) func numbersAreRead(text: String) throws {
    #expect(CanonicalJSON.bytes(of: try JSONValue(canonical: Array(text.utf8))) == Array(text.utf8))
  }

  @Test(arguments: ["00", "-", "-01", "1-", "1+1", "1.", ".1", "1e5", "100000000000000000000000", "0e0", "1 ", "--1"])
  func otherNumbersAreRefused(text: String) {
    #expect(throws: LedgerLogError.self) { try JSONValue(canonical: Array("[\(text)]".utf8)) }
  }

  @Test func deepValuesAreRefused() {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    #expect((try? JSONValue(canonical: nested(64))) != nil)
    #expect(throws: LedgerLogError.self) { try JSONValue(canonical: nested(65)) }
    #expect(throws: LedgerLogError.self) { try JSONValue(canonical: [UInt8](repeating: 0x5B, count: 100_000)) }
  }

  /// The text may be a part of a larger buffer: no token comes from outside of it, wherever it is cut.
  @Test func nothingOutsideIsRead() throws {
    let text = Array("{\"a\":[1,true,\"x\\u001f\"],\"b\":12}".utf8)
    let buffer = Array("1234\"".utf8) + text + Array("56,\"}".utf8)
    for start in 0...buffer.count {
      for end in start...buffer.count {
        let own = try? JSONValue(canonical: Array(buffer[start..<end]))
        let part = (try? CanonicalDocument(buffer, in: start..<end)).map { $0.value() }
        #expect(own == part, "\(start)..<\(end)")
      }
    }
    #expect(throws: LedgerLogError.self) { try CanonicalDocument(text, in: 0..<text.count + 1) }
  }
}
