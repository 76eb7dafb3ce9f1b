import Testing

@testable import GateModel

@Suite struct TrimmingTests {
  @Test(arguments: [
    ("", ""), (" ", ""), (" \t ", ""), ("a", "a"), (" a", "a"), ("a ", "a"), (" \ta b\t ", "a b"), ("\n a \n", "a"),
  ])
  func takesAwayAtBothEndsOnly(text: String, expected: String) {
    #expect(text.trimming(\.isSpace) == expected)
  }

  @Test func whatDoesNotMatchStays() {
    #expect("\n a".trimming { $0 == " " } == "\n a")
    #expect("xxaxbxx"[...].trimming { $0 == "x" } == "axb")
  }
}
