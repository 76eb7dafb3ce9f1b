import AptSystem
import GateModel
import Testing

/// The file of pins as text.
@Suite struct PinFileTests {
  static func hold(_ source: String, _ versions: String..., message: String? = nil) -> Hold {
    Hold(
      source: source, versions: versions.map { PackageVersion($0) }, verdict: .hold, decidedBy: ["rule-a", "rule-b"],
      message: message, clearsWhen: "somebody approves", heldBy: [], since: Timestamp(secondsSinceEpoch: 1_700_000_000))
  }

  @Test func aStanzaHasEverythingAPersonShouldKnow() throws {
    let text = try PinFile(holds: [Self.hold("systemd", "252.39-1~deb12u1", message: "restarts networkd")]).text
    #expect(
      text.hasSuffix(
        """

        Explanation: verdict: hold
        Explanation: rule: rule-a, rule-b
        Explanation: reason: restarts networkd
        Explanation: clears: somebody approves
        Explanation: since: 2023-11-14T22:13:20Z
        Package: src:systemd:any
        Pin: version 252.39-1~deb12u1
        Pin-Priority: -1

        """))
  }

  @Test func itReadsBackWhatItWrote() throws {
    var companion = Self.hold("libb", "1:2.0+b1", "2.0")
    companion.verdict = .allow
    companion.heldBy = ["systemd"]
    companion.message = nil
    companion.since = nil
    let file = try PinFile(holds: [Self.hold("systemd", "252.39", message: "a: b, c"), companion])
    #expect(PinFile(parsing: file.text) == file)
    #expect(file.holds.map(\.source) == ["libb", "systemd"])
    #expect(PinFile(parsing: PinFile.empty.text) == PinFile.empty)
  }

  static let hostile = [
    "a\nPackage: *", "a\n\nPackage: *\nPin: release o=x\nPin-Priority: 1001", "\r\nPin-Priority: 1001", "a\u{85}b",
    "a\u{2028}\u{2029}b", "\u{0}", "\u{1b}[2J", "\t", "   ", "# x", ": ", "\u{202e}", "a\u{b}\u{c}b",
    String(repeating: "x\n", count: 5000),
  ]

  /// Nothing that a package or a policy says may end a line or begin a stanza.
  @Test(arguments: hostile) func textsCannotInject(text: String) throws {
    var hold = Self.hold("tool", "2.0", message: text)
    hold.decidedBy = [text]
    hold.clearsWhen = text
    hold.heldBy = [text]
    let file = try PinFile(holds: [hold])
    let own = file.text.dropFirst(PinFile.empty.text.count).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      own.filter { !$0.hasPrefix("Explanation: ") } == [
        "", "Package: src:tool:any", "Pin: version 2.0", "Pin-Priority: -1", "",
      ])
    #expect(file.text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    #expect(PinFile(parsing: file.text) == file)
  }

  @Test(arguments: [
    "*", "a*", "/x/", "a b", "", "a\nb", "a:any", "src:a", "-a", "a[b]", "a?", "ä", String(repeating: "a", count: 256),
  ])
  func namesThatAptWouldReadAsSomethingElseAreRefused(name: String) {
    #expect(throws: AptSystemError.self) { try PinFile(holds: [Self.hold(name, "1.0")]) }
  }

  @Test(arguments: ["*", "1.*", "/1/", "1 2", "", "1\n", "1[2]", "1?", "1_2", "1\u{0}"])
  func versionsThatAptWouldReadAsPatternsAreRefused(version: String) {
    #expect(throws: AptSystemError.self) { try PinFile(holds: [Self.hold("tool", version)]) }
  }
}
