import GateModel
import Glibc
import TestSupport
import Testing

@Suite struct GlobTests {
  /// Law: as the C library's `fnmatch(3)`.
  @Test func agreesWithFnmatch() {
    var seed = Seed("globs")
    let letters = ["a", "b", "-", "*", "?", "[", "]", "!", "^", "\\", "ab", "[a-b]", "[!a]"]
    for _ in 0..<20_000 {
      let pattern = (0..<seed.below(6)).map { _ in letters[seed.below(letters.count)] }.joined()
      let text = (0..<seed.below(5)).map { _ in ["a", "b", "-", "c", "]"][seed.below(5)] }.joined()
      guard !pattern.contains("[") || pattern.contains("[a-b]") || pattern.contains("[!a]"), !pattern.hasSuffix("\\")
      else { continue }
      let expected = fnmatch(pattern, text, 0) == 0
      #expect(Glob(shell: pattern).matches(text) == expected, "`\(pattern)` on `\(text)`")
    }
  }

  @Test func longPatternsTakeNoLongTime() {
    let text = String(repeating: "a", count: 5000)
    #expect(!Glob(String(repeating: "a*", count: 50) + "b").matches(text))
  }
}
