import GateEngine
import GateModel
import Testing

@testable import apt_gate

@Suite struct TextTests {
  @Test(arguments: [60, 80, 120])
  func checkFitsTheWidth(width: Int) throws {
    let text = CheckText(report: SampleReport.mixed, layout: TextLayout(width: width)).text
    for line in text.split(separator: "\n") { #expect(ColumnText.columns(of: String(line)) <= width) }
    try Golden.expect(text, is: "check-\(width).txt")
  }

  @Test func checkOnAColoredTerminal() throws {
    let layout = TextLayout(width: 80, style: TerminalStyle(isColored: true))
    try Golden.expect(CheckText(report: SampleReport.mixed, layout: layout).text, is: "check-color.txt")
  }

  @Test func checkWithNothingPending() throws {
    let layout = TextLayout(width: 80)
    try Golden.expect(CheckText(report: CheckReport(changes: []), layout: layout).text, is: "check-nothing.txt")
    let named = CheckReport(changes: [], nothingPending: ["nano"])
    try Golden.expect(CheckText(report: named, layout: layout).text, is: "check-nothing-named.txt")
  }

  @Test func explainShowsEvidenceAndRules() throws {
    let report = CheckReport(changes: [SampleReport.systemd])
    try Golden.expect(ExplanationText(report: report, layout: TextLayout(width: 80)).text, is: "explain.txt")
  }

  /// What has been held for too long, with who must see to it.
  @Test func escalationsAreShown() {
    var checked = SampleReport.systemd
    checked.assessed.decision.escalations = [
      EscalationNotice(rule: "late", message: "held for 9 days: see to it", to: ["@security", "ann"])
    ]
    let report = CheckReport(changes: [checked])
    let layout = TextLayout(width: 120)
    let phrase = "to @security, ann: held for 9 days: see to it\n"
    #expect(CheckText(report: report, layout: layout).text.contains("    escalate  \(phrase)"))
    #expect(ExplanationText(report: report, layout: layout).text.contains("Escalates   \(phrase)"))
  }

  @Test func explainOfAPackageThatIsKeptBack() throws {
    let report = CheckReport(changes: [], keptBack: [SampleReport.blockedGit])
    try Golden.expect(ExplanationText(report: report, layout: TextLayout(width: 80)).text, is: "explain-kept.txt")
  }

  @Test func inspectShowsEffects() throws {
    let text = InspectText(inspection: .sample, layout: TextLayout(width: 80)).text
    try Golden.expect(text, is: "inspect.txt")
  }

  /// Every pending update is listed, and no line hides a binary package.
  @Test func checkNamesEveryPackage() {
    let text = CheckText(report: SampleReport.mixed, layout: TextLayout(width: 200)).text
    for checked in SampleReport.mixed.changes {
      #expect(text.contains(checked.change.source.prefix(14)))
      for binary in checked.change.binaries { #expect(text.contains(binary.name)) }
    }
  }
}

extension Inspection {
  static let sample = Inspection(
    package: "systemd", source: "systemd", architecture: "amd64", version: PackageVersion("252.39-1~deb12u2"),
    from: PackageVersion("252.38-1~deb12u1"), effects: SampleReport.systemd.effects, calls: SampleReport.systemd.calls)
}
