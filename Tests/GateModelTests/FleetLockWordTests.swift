import GateModel
import Testing

@Suite struct FleetLockWordTests {
  @Test(arguments: [
    (FleetLockWord.id, "0123456789abcdef0123456789abcdef"), (.id, "a/b!~"), (.group, "rack.1-A"), (.group, "x"),
    (.group, String(repeating: "g", count: 128)),
  ])
  func allowed(word: FleetLockWord, text: String) { #expect(word.problem(with: text) == nil) }

  @Test(arguments: [
    (FleetLockWord.id, ""), (.id, "a b"), (.id, "ä"), (.id, "a\u{7f}"), (.id, "a\n"),
    (.id, String(repeating: "i", count: 129)), (.group, ""), (.group, "a_b"), (.group, "a/b"), (.group, "ä"),
    (.group, String(repeating: "g", count: 129)),
  ])
  func refused(word: FleetLockWord, text: String) throws {
    let problem = try #require(word.problem(with: text))
    #expect(problem.hasPrefix("`\(word.rawValue)` is 1 to 128 "))
  }
}
