import Documents
import GateModel
import Policy
import Testing

@Suite struct FactsTests {
  static var everything: Facts {
    var facts = Facts(
      change: Sample.change("demo", binaries: ["demo", "libdemo1"], security: true),
      effects: [
        Sample.effect(.restart, "a.service", verb: "try-restart"), Sample.effect(.unknown, certainty: .possible),
      ])
    facts.effects[0].evidence.text = "it's \"quoted\" \\ and\u{1b}[31m\ttabbed\u{2028}é🙂"
    facts.firstSeen = Timestamp("2026-11-20T00:00:00Z")
    facts.heldSince = Timestamp("2026-11-20T01:00:00Z")
    facts.now = Timestamp("2026-11-21T00:00:00Z")
    facts.node = NodeFacts(
      name: "n", groups: ["edge"], distribution: "debian", release: "12", architecture: "amd64", kernel: "6.1.0",
      labels: ["zone": "a", "no": "1.10"], owedRestarts: ["a.service"])
    facts.network = NetworkFacts(
      networkd: NetworkdFacts(running: true, version: "252"), managedLinks: ["eth0"],
      atRisk: NetworkAtRisk(
        routes: 300,
        objects: [["kind": "route", "dst": "10.0.0.0/8", "table": "254"], ["kind": "rule", "priority": "100"]]),
      foreign: ForeignNetworkState(routes: 301, rules: 2), defaultRoutes: [["dst": "default", "dev": "eth0"]],
      cni: [CNITrace(name: "cilium", by: ["2 interfaces cilium_*"])])
    facts.fleet = FleetFacts(reachable: true, ring: "canary", halted: false, updatedNodes: 3, failedNodes: 1)
    return facts
  }

  @Test func capturesReadBackAsTheyWere() {
    var sized = Facts(change: Sample.change("bash", action: .install), effects: [])
    sized.change.binaries[0].downloadSize = 1_234_567
    let removed = Facts(change: Sample.change("bash", action: .remove, origins: []), effects: [])
    // Found by fuzzing: a binary package that is new in an upgrade was read back with the source's old version.
    var grown = Facts(change: Sample.change("linux", binaries: ["linux-image-1", "linux-image-2"]), effects: [])
    grown.change.binaries[1].from = nil
    grown.change.binaries[1].action = .install
    let facts = [Self.everything, sized, removed, grown]
    let text = FactsCapture(facts).json
    let (capture, diagnostics) = FactsCapture.load(DocumentSource(name: "facts.json", text: text))
    #expect(diagnostics.map(\.rendered) == [])
    #expect(capture.facts == facts)
    #expect(FactsCapture(capture.facts).json == text)
  }

  /// Policies and captures of before the facts got their names are told the new ones.
  @Test(arguments: [
    ("networkdRunning", "networkd.running"), ("networkdVersion", "networkd.version"), ("lost", "atRisk"),
  ])
  func formerNamesOfFactsAreTold(former: String, name: String) {
    let told = "`network.\(former)` is now `network.\(name)`"
    let evaluation = ExpressionEvaluation("network.\(former) == 1", facts: Self.everything)
    #expect(evaluation.diagnostics.map(\.message) == [told])
    let capture = """
      {"schema": "apt-gate/facts/v1", "changes": [{"update": {"source": "a", "to": "1"}, "effects": [],
      "network": {"\(former)": true}}]}
      """
    let (_, diagnostics) = FactsCapture.load(DocumentSource(name: "facts.json", text: capture))
    #expect(diagnostics.map(\.message) == [told])
  }

  @Test func wrongCapturesAreRefused() {
    for text in ["{}", "[]", "{\"schema\": \"other\", \"changes\": []}", "{\"schema\":\"apt-gate/facts/v1\"}"] {
      #expect(!FactsCapture.load(DocumentSource(name: "facts.json", text: text)).diagnostics.isEmpty)
    }
  }
}
