import Foundation
import GateModel
import LedgerSamples
import TestSupport
import Testing

@testable import AuditReport

/// What nodes told, read without JSONDecoder, against JSONDecoder.
@Suite struct HistoryReadingTests {
  private struct Page: Codable {
    var nodes: [FleetNodeHistory]
    var next: String?
  }

  private static func read(_ bytes: [UInt8]) throws -> (nodes: [FleetNodeHistory], next: String?) {
    var reader = try FleetHistoryReader(bytes)
    let next = reader.next
    var nodes: [FleetNodeHistory] = []
    while let node = try reader.node() { nodes.append(node) }
    #expect(reader.next == next)
    return (nodes, next)
  }

  private static func bytes(_ page: Page, _ format: JSONEncoder.OutputFormatting = []) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = format
    return Array(try encoder.encode(page))
  }

  private static func page() -> Page {
    let alarm = FleetNodeHistory.Ledger(
      state: "contradicted", entries: 7, witnessed: SampleHistory.day(3), alarm: "two")
    return Page(
      nodes: [
        FleetReportTests.node("a", FleetReportTests.told(.quarter)),
        FleetReportTests.node("b", nil, ledger: alarm), FleetReportTests.node("ä\u{202e}\u{1F600}", .random()),
      ], next: "ä\u{202e}\u{1F600}")
  }

  @Test func readsWhatIsWritten() throws {
    let page = Self.page()
    for format in [[], .sortedKeys, .prettyPrinted, [.sortedKeys, .withoutEscapingSlashes]]
      as [JSONEncoder.OutputFormatting]
    {
      let (nodes, next) = try Self.read(Self.bytes(page, format))
      #expect(nodes == page.nodes && next == page.next)
    }
    let last = try Self.read(Self.bytes(Page(nodes: [], next: nil)))
    #expect(last.nodes.isEmpty && last.next == nil)
  }

  @Test func readsWhateverATextHolds() throws {
    var seed = Seed("history reading")
    for _ in 0..<200 {
      let page = Page(nodes: [FleetReportTests.node(.random(&seed), .random(&seed))], next: .random(&seed))
      let format: JSONEncoder.OutputFormatting = seed.below(2) == 0 ? [.sortedKeys] : [.prettyPrinted]
      let (nodes, next) = try Self.read(Self.bytes(page, format))
      #expect(nodes == page.nodes && next == page.next)
    }
    for text in HostileReportTests.texts {
      let page = Page(nodes: [FleetReportTests.node(text, FleetReportTests.told(.hostile(text)))], next: text)
      let (nodes, next) = try Self.read(Self.bytes(page))
      #expect(nodes == page.nodes && next == page.next, "\(text.debugDescription)")
    }
  }

  /// Where to ask on is known at once, whether it stands before the nodes or after them.
  @Test func whereToAskOn() throws {
    let node = #"{"node":"a","seen":"2026-11-21T10:55:48Z","ledger":{"state":"unseen"}}"#
    for text in [
      #"{"next":"a","nodes":[\#(node)]}"#, #"{"nodes":[\#(node)],"next":"a"}"#,
      #" { "other" : [1, -2.5e+3, {"x": null, "y": [true, false, {}, [], "\u00e4\""]}], "nodes":[\#(node)],"next":"\u0061"} "#,
    ] {
      let (nodes, next) = try Self.read(Array(text.utf8))
      #expect(nodes.map(\.node) == ["a"] && next == "a", "\(text)")
    }
    #expect(try Self.read(Array(#"{"next":null,"nodes":[]}"#.utf8)).next == nil)
  }

  @Test(arguments: [
    "", "{", "[]", "{}", "null", #"{"nodes":[}"#, #"{"nodes":[],}"#, #"{"nodes":[]}x"#, #"{"nodes":[],"nodes":[]}"#,
    #"{"next":"a","nodes":[],"next":"b"}"#, #"{"next":1,"nodes":[]}"#, #"{"nodes":{}}"#, #"{"nodes":[{}]}"#,
    #"{"nodes":[null]}"#, #"{"nodes":[],"x":01}"#, #"{"nodes":[],"x":1.}"#, #"{"nodes":[],"x":-}"#,
    #"{"nodes":[],"x":"\x"}"#, #"{"nodes":[],"x":"\ud800"}"#, #"{"nodes":[],"x":"\udc00\ud800"}"#,
    #"{"nodes":[],"x":"\u12"}"#, #"{"nodes":[],"x":"\u12"#, #"{"nodes":[],"x":tru}"#, #"{"nodes":[],"x":}"#,
    #"{"nodes":[],"x" 1}"#, #"{"nodes":[] "x":1}"#, "{\"nodes\":[],\"x\":\"\n\"}", "{\"nodes\":[],\"x\":\"",
    #"{"nodes":[],"x":\#(String(repeating: "[", count: 200))\#(String(repeating: "]", count: 200))}"#,
    #"{"nodes":[{"node":"a","seen":"yesterday","ledger":{"state":"unseen"}}]}"#,
    #"{"nodes":[{"node":"a","seen":"2026-11-21T10:55:48Z","ledger":{"state":"unseen","entries":1.5}}]}"#,
    #"{"nodes":[{"node":"a","seen":"2026-11-21T10:55:48Z","ledger":{"state":"unseen","entries":9223372036854775808}}]}"#,
    #"{"nodes":[{"node":"a","node":"a","seen":"2026-11-21T10:55:48Z","ledger":{"state":"unseen"}}]}"#,
    #"{"nodes":[{"node":"a","seen":"2026-11-21T10:55:48Z"}]}"#,
  ])
  func refuses(text: String) {
    #expect(throws: HistoryReadingError.self) { try Self.read(Array(text.utf8)) }
  }

  @Test func numbersAtTheirEnds() throws {
    for number in [Int.min, -1, 0, 7, Int.max] {
      let ledger = FleetNodeHistory.Ledger(state: "unseen", entries: number)
      let page = Page(nodes: [FleetReportTests.node("a", nil, ledger: ledger)], next: nil)
      #expect(try Self.read(Self.bytes(page)).nodes == page.nodes)
    }
  }

  /// Whatever is cut off or changed: it is refused, or read as JSONDecoder reads it.
  @Test func whatWasChanged() throws {
    var seed = Seed("history reading, changed")
    let whole = try Self.bytes(Page(nodes: [FleetReportTests.node("a", .random(&seed))], next: "b"), .sortedKeys)
    var (refused, read) = (0, 0)
    func check(_ bytes: [UInt8]) throws {
      guard let (nodes, next) = try? Self.read(bytes) else {
        refused += 1
        return
      }
      read += 1
      let page = try JSONDecoder().decode(Page.self, from: Data(bytes))
      #expect(nodes == page.nodes && next == page.next)
    }
    for length in 0..<whole.count { try check(Array(whole[..<length])) }
    #expect(read == 0)
    for _ in 0..<4000 {
      var bytes = whole
      bytes[seed.below(bytes.count)] =
        seed.below(2) == 0 ? seed.number() : Array("\"\\{}[],:0e-. tu\u{0}".utf8)[seed.below(16)]
      try check(bytes)
    }
    #expect(refused > whole.count + 500 && read > 500, "\(refused) refused, \(read) read")
  }
}

extension String {
  fileprivate static func random(_ seed: inout Seed) -> String {
    let alphabet: [Character] = [
      "a", "7", "/", "\"", "\\", "\n", "\u{0}", "\u{7f}", "ä", "\u{202e}", "\u{1F600}", "€", " ", "é", "\u{2028}",
    ]
    return String((0..<seed.below(24)).map { _ in alphabet[seed.below(alphabet.count)] })
  }

  fileprivate static func some(_ seed: inout Seed) -> String? { seed.below(3) == 0 ? nil : random(&seed) }
}

extension [String] {
  fileprivate static func random(_ seed: inout Seed) -> [String] { (0..<seed.below(3)).map { _ in .random(&seed) } }
}

extension Timestamp {
  fileprivate static func random(_ seed: inout Seed) -> Timestamp {
    Timestamp(secondsSinceEpoch: Int64(seed.below(4_000_000_000)))
  }
  fileprivate static func some(_ seed: inout Seed) -> Timestamp? { seed.below(3) == 0 ? nil : random(&seed) }
}

extension NodeHistory? {
  fileprivate static func random() -> NodeHistory? {
    var seed = Seed("a history")
    return random(&seed)
  }

  fileprivate static func random(_ seed: inout Seed) -> NodeHistory? {
    let holds = (0..<seed.below(3)).map { _ in
      NodeHistory.Hold(
        since: .random(&seed), until: .some(&seed), verdict: .random(&seed), rules: .random(&seed),
        heldBy: seed.below(2) == 0 ? nil : .random(&seed))
    }
    let update = NodeHistory.Update(
      source: .random(&seed), from: .some(&seed), to: .random(&seed), firstSeen: .some(&seed), state: .random(&seed),
      ended: .some(&seed), endedBy: .some(&seed), security: [nil, true, false][seed.below(3)], urgency: .some(&seed),
      cves: seed.below(2) == 0 ? nil : .random(&seed), mayFixMore: [nil, true][seed.below(2)], holds: holds,
      message: .some(&seed), clearsWhen: .some(&seed), responsible: seed.below(2) == 0 ? nil : .random(&seed))
    let approval = NodeHistory.Approval(
      entry: seed.number(), time: .random(&seed), person: .some(&seed), people: .random(&seed), source: .random(&seed),
      version: .random(&seed), reason: .random(&seed), expires: .random(&seed), state: .random(&seed),
      ended: .some(&seed), endedBy: .some(&seed))
    let run = NodeHistory.Transaction(
      id: .random(&seed), kind: .random(&seed), began: .random(&seed), ended: .some(&seed), result: .some(&seed),
      changes: [NodeHistory.Change(source: .random(&seed), from: .some(&seed), to: .some(&seed))],
      units: .random(&seed), effects: seed.below(2) == 0 ? nil : .random(&seed), predictedLoss: .some(&seed),
      network: seed.below(2) == 0
        ? nil
        : NodeHistory.Network(
          lost: seed.below(9), restored: seed.below(9), missing: seed.below(9),
          missingObjects: seed.below(2) == 0 ? nil : .random(&seed)),
      failedProbes: seed.below(2) == 0 ? nil : .random(&seed), message: .some(&seed))
    let veto = NodeHistory.Veto(
      time: .random(&seed), changes: .random(&seed), rules: .random(&seed), message: .random(&seed))
    let restart = NodeHistory.Restart(
      unit: .random(&seed), since: .random(&seed), sources: .random(&seed), settled: .some(&seed), how: .some(&seed))
    return NodeHistory(
      made: .random(&seed), since: .some(&seed), entries: seed.below(5000), updates: [update, update],
      approvals: [approval], vetoes: [veto], transactions: [run], restarts: [restart])
  }
}
