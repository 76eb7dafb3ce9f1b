import Documents
import Policy
import Testing

/// Input that is made to hurt ends with an error, soon.
@Suite(.timeLimit(.minutes(1))) struct HostileYAMLTests {
  private func codes(_ text: String) -> [Diagnostic.Code] {
    PolicySet.load([DocumentSource(name: "hostile.yaml", text: text)]).errors.map(\.code)
  }

  private func firstError(_ text: String) -> Diagnostic? {
    PolicySet.load([DocumentSource(name: "hostile.yaml", text: text)]).errors.first
  }

  @Test(arguments: ["[", "{a: ", "- ", "{", "? ", "[{", "!a [", "&a [", "\"", "'", "|\n ", "%"])
  func deepNesting(opening: String) {
    #expect(firstError(String(repeating: opening, count: 50_000)) != nil)
  }

  @Test func indentedNesting() {
    let lines = (0..<900).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    #expect(codes(lines).contains(.limit))
  }

  @Test func aliasBombIsNotFollowed() {
    var text = "a0: &a0 [x, x]\n"
    for i in 1..<60 { text += "a\(i): &a\(i) [*a\(i - 1), *a\(i - 1), *a\(i - 1)]\n" }
    text += "? [*a59, *a59]\n: bomb\n"
    #expect(firstError(text)?.code == .forbiddenYAML)
  }

  @Test func tooLargeFile() {
    let text = "name: " + String(repeating: "x", count: 2 << 20)
    #expect(firstError(text)?.code == .limit)
  }

  @Test func tooManyNodes() {
    let text = "rules: [" + String(repeating: "a,", count: 200_000) + "]"
    #expect(codes(text).contains(.limit))
  }

  @Test(arguments: [
    "\0", "\u{feff}", "\u{1}", "a: \u{fffe}", "\u{2028}", "a:\r\n\tb", "...", "---\n---\n", "*", "&", "!<",
  ])
  func oddCharacters(text: String) {
    #expect(firstError(text) != nil)
  }

  @Test func manyErrorsAreBounded() {
    let keys = (0..<5000).map { "k\($0): 1\n" }.joined()
    #expect(PolicySet.load([DocumentSource(name: "many.yaml", text: keys)]).diagnostics.count == 100)
  }

  @Test func bytesThatAreNotUTF8AreRefused() {
    #expect(DocumentSource(name: "x", bytes: [0x6e, 0xff, 0xfe]) == nil)
    #expect(DocumentSource(name: "x", bytes: Array("né".utf8))?.text == "né")
  }

  /// Cuts and single wrong characters anywhere in a good policy: never a crash, always a result.
  @Test func damagedPolicies() throws {
    let good = Array(
      """
      apiVersion: apt-gate/v1
      name: good
      gated: [{source: "systemd*"}]
      rules:
        - id: one
          match: {effects: [{kind: [restart], unit: a.service}]}
          effect: {shield: {units: [a.service]}}
          message: >
            {effects.summary}
      """.unicodeScalars)
    #expect(firstError(text(good)) == nil)
    for position in good.indices {
      _ = firstError(text(Array(good[..<position])))
      for wrong in ["\0", "&", "*", "\t", "{", "]", "\"", "\n", "é", ":", "|"] as [Unicode.Scalar] {
        var damaged = good
        damaged[position] = wrong
        let load = PolicySet.load([DocumentSource(name: "damaged.yaml", text: text(damaged))])
        #expect(load.diagnostics.allSatisfy { !$0.rendered.isEmpty })
      }
    }
  }

  private func text(_ scalars: [Unicode.Scalar]) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(view)
  }
}
