import Testing

@testable import GateModel

@Suite struct ASCIITests {
  @Test func spaceIsWhatWhitespaceIs() {
    let scalars = (UInt32(0)...0x3100).compactMap(Unicode.Scalar.init)
    for character in scalars.map(Character.init) + ["\r\n", "e\u{301}", "\u{FEFF}"] {
      #expect(character.isSpace == character.isWhitespace, "\(character.unicodeScalars.map(\.value))")
    }
  }
}
