import CoordinatorAPI
import GateEngine
import GateModel
import PackageAnalysis
import Rollout
import Testing

@testable import apt_gate

/// Everything that a package, a repository or a policy can put into a report, as an attacker would write it.
@Suite struct HostileDataTests {
  static let bad = "a\u{1b}[2J\u{1b}]0;owned\u{7}\r\n\u{202e}b\u{9b}31m\u{7f}\u{0}\"\\\u{2028}é"

  static let report = CheckReport(
    changes: [Verdict.hold, .allow, .undetermined].map(change), keptBack: [kept], warnings: [bad], nothingPending: [bad]
  )

  private static func change(_ verdict: Verdict) -> CheckedChange {
    let origin = Origin(origin: bad, label: bad, suite: bad, codename: bad, component: bad, site: bad)
    let evidence = Evidence(basis: .candidate, file: bad, line: 1, text: bad)
    let effects = EffectKind.allCases.map {
      Effect(
        kind: $0, unit: bad, verb: bad, certainty: .possible, evidence: evidence, package: bad, detail: bad)
    }
    let decision = Decision(
      verdict: verdict, decidedBy: [bad], message: bad, clearsWhen: bad,
      rules: [true, false].map { RuleOutcome(rule: bad, verdict: .hold, fired: $0, reason: bad) })
    return CheckedChange(
      assessed: AssessedChange(
        change: SampleReport.change(bad, bad, bad, binaries: [bad, bad, "x"], origins: [origin]), effects: effects,
        decision: decision),
      basis: .candidate,
      calls: [ScriptCall(tool: bad, arguments: [bad, nil], certainty: .certain, evidence: evidence)], notes: [bad])
  }

  private static let kept = KeptBackPackage(
    source: bad, name: bad, architecture: bad, from: PackageVersion(bad), to: PackageVersion(bad),
    reason: .dependencies([DependencyObstacle(package: bad, relation: bad, inTheWay: [bad])]))

  static let inspection = Inspection(
    package: bad, source: bad, architecture: bad, version: PackageVersion(bad), from: PackageVersion(bad),
    effects: report.changes[0].effects, calls: report.changes[0].calls, notes: [bad])

  private static func isSafe(_ text: String) -> Bool {
    text.split(separator: "\n").allSatisfy { DisplayText.line(String($0)) == String($0) }
  }

  @Test(arguments: [40, 80, 200]) func textIsSafe(width: Int) {
    let layout = TextLayout(width: width)
    #expect(Self.isSafe(CheckText(report: Self.report, layout: layout).text))
    #expect(Self.isSafe(ExplanationText(report: Self.report, layout: layout).text))
    #expect(Self.isSafe(InspectText(inspection: Self.inspection, layout: layout).text))
  }

  @Test func coloredTextHasNoEscapesButItsOwn() {
    let layout = TextLayout(width: 80, style: TerminalStyle(isColored: true))
    let text =
      CheckText(report: Self.report, layout: layout).text
      + ExplanationText(report: Self.report, layout: layout).text
    let own = /\u{1b}\[[0-9;]+m/
    #expect(text.contains(own))
    #expect(Self.isSafe(text.replacing(own, with: "")))
  }

  @Test func jsonIsSafeOnATerminalAndLosesNothing() throws {
    let document = CheckDocument(report: Self.report, node: SampleReport.node)
    for json in [document.check, document.explanation, InspectDocument(inspection: Self.inspection).json] {
      let text = JSONWriter.text(of: json)
      #expect(Self.isSafe(text))
      #expect(try ParsedJSON(text) == ParsedJSON(json))
    }
  }

  /// What a node, its ledger and whoever answers for the coordinator can put into a fleet's lists.
  @Test(arguments: fleetTexts, [40, 80, 200]) func fleetTextIsSafe(bad: String, width: Int) throws {
    let layout = TextLayout(width: width)
    let evidence = SampleEvidence.list(bad)
    var nothing = evidence
    nothing.evidence = []
    nothing.ledger.alarm = nil
    let (nodes, alarms) = Self.nodes(bad)
    let texts = [
      FleetEvidenceText(list: evidence, layout: layout).text, FleetEvidenceText(list: nothing, layout: layout).text,
      FleetNodesText(nodes: nodes, alarms: alarms, layout: layout).text,
    ]
    for text in texts {
      #expect(Self.isSafe(text))
      #expect(text.hasSuffix("\n"))
    }
    // Nothing that is told stands where a line of ours would begin.
    for line in texts.joined().split(separator: "\n") where Self.forged.contains(where: line.hasPrefix) {
      Issue.record("a line of its own: \(line)")
    }
    // One line for each node, whatever its name is, and what is wrong with it indented below.
    #expect(texts[2].split(separator: "\n").filter { !$0.hasPrefix(" ") }.count == nodes.count)
    let colored = FleetNodesText(
      nodes: nodes, alarms: alarms, layout: TextLayout(width: width, style: TerminalStyle(isColored: true))
    ).text
    #expect(Self.isSafe(colored.replacing(/\u{1b}\[[0-9;]+m/, with: "")))
    for json in [FleetDocument.evidence(evidence), FleetDocument.nodes(nodes, alarms: alarms)] {
      #expect(Self.isSafe(JSONWriter.text(of: json)))
      #expect(try ParsedJSON(JSONWriter.text(of: json)) == ParsedJSON(json))
    }
  }

  private static let fleetTexts = [
    bad, "<script>alert(1)</script><img src=x onerror=\"alert(1)\">",
    "\u{1b}]8;;http://evil.example\u{7}click\u{1b}]8;;\u{7}",
    "=HYPERLINK(\"http://evil.example\")", "\u{202e}\u{2066}gpj.exe\u{2069}", "one\nNo alarm.\nnode-9: No alarm.\r",
    "one\u{2028}No alarm.\u{85}No alarm.\u{b}No alarm.", "",
  ]
  private static let forged = ["No alarm.", "node-9"]

  private static func nodes(_ bad: String) -> ([FleetNode], [String: String]) {
    var node = FleetNode(name: "x\(bad)", labels: [bad: bad], seen: Timestamp(secondsSinceEpoch: 0))
    node.problem = bad
    node.lostLabels = [bad: Timestamp(secondsSinceEpoch: 0)]
    let well = FleetNode(name: "node-1", labels: [:], seen: Timestamp(secondsSinceEpoch: 0))
    return ([node, well], [node.name: bad, "node-1": bad])
  }

  @Test func errorsAreSafe() {
    #expect(Self.isSafe(CommandFailure(message: Self.bad, hint: Self.bad).text))
  }
}
