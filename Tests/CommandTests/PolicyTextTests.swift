import Documents
import GateEngine
import GateModel
import Policy
import Testing

@testable import apt_gate

/// The whole texts of the commands about policies.
@Suite struct PolicyTextTests {
  private let layout = TextLayout(width: 80)
  private let colored = TextLayout(width: 80, style: TerminalStyle(isColored: true))

  @Test func checkShowsEveryErrorWithItsLine() throws {
    try Golden.expect(PolicyCheckText(check: SamplePolicies.check, layout: layout).text, is: "policy-check.txt")
    try Golden.expect(PolicyCheckText(check: SamplePolicies.check, layout: colored).text, is: "policy-check-color.txt")
  }

  @Test func checkShowsWarningsWhereNothingIsBroken() throws {
    let folders = [SamplePolicies.folder("doubtful", SamplePolicies.doubtful, nil)]
    let names: Set<String> = ["bar", "baz", "food", "foot", "zsh"]
    let check = PolicyCheck(folders, context: PolicyContext(sources: names, binaries: names))
    #expect(check.errors == 0)
    try Golden.expect(PolicyCheckText(check: check, layout: layout).text, is: "policy-check-warnings.txt")
  }

  @Test func testShowsCasesAndCoverage() throws {
    try Golden.expect(PolicyTestText(suite: SamplePolicies.suite, layout: layout).text, is: "policy-test.txt")
    try Golden.expect(PolicyTestText(suite: SamplePolicies.suite, layout: colored).text, is: "policy-test-color.txt")
  }

  @Test func evalShowsValuesAndParts() throws {
    let text = ExpressionResultsText(results: SamplePolicies.expression, layout: layout).text
    try Golden.expect(text, is: "policy-eval.txt")
    #expect(ExpressionResultsText(results: SamplePolicies.wrongExpression, layout: layout).text == "")
    let none = ExpressionResults("true", on: [])
    #expect(ExpressionResultsText(results: none, layout: layout).text == "The facts are about no update.\n")
  }

  @Test func evalShowsVerdicts() throws {
    let text = PolicyResultsText(results: SamplePolicies.verdicts, layout: layout).text
    try Golden.expect(text, is: "policy-verdicts.txt")
  }

  @Test func diffShowsAnExampleOfEachDifference() throws {
    try Golden.expect(PolicyDiffText(diff: SamplePolicies.diff, layout: layout).text, is: "policy-diff.txt")
  }

  @Test func listShowsRules() throws {
    try Golden.expect(PolicyListText(policies: SamplePolicies.set, layout: layout).text, is: "policy-list.txt")
  }

  /// What an explanation shows of a condition, and what a check says of facts that nobody collects.
  @Test func explainShowsThePartsOfConditions() throws {
    let facts = SamplePolicies.facts[0]
    let decider = FactsDecider(
      policies: SamplePolicies.set, node: facts.node, now: try #require(facts.now), isExplaining: true)
    let decision = decider.decision(on: facts.change, effects: facts.effects)
    #expect(decision.restsOnAssumption)
    let assessed = AssessedChange(change: facts.change, effects: facts.effects, decision: decision)
    let report = CheckReport(
      changes: [CheckedChange(assessed: assessed, basis: .candidate)], unknownFacts: SampleReport.unknownFacts)
    try Golden.expect(ExplanationText(report: report, layout: layout).text, is: "explain-conditions.txt")
    try Golden.expect(CheckText(report: report, layout: layout).text, is: "check-assumed.txt")
  }

  /// Names in policies and facts are strangers' too.
  @Test func hostileTextsAreMadeSafe() throws {
    let esc = "\u{1b}[31m\u{202e}"
    let policy = SamplePolicies.web.replacing("The web server", with: "\\u001b[31m\\u202e").replacing(
      "description: ", with: "description: \""
    ).replacing("at night.", with: "at night.\"")
    let load = PolicySet.load(files: [(path: "a\(esc)/policy.yaml", text: policy)])
    #expect(load.errors.isEmpty)
    let list = PolicyListText(policies: load.set, layout: layout).text
    #expect(!list.contains("\u{1b}") && !list.contains("\u{202e}") && list.contains("\\u{1b}"))
    var facts = SamplePolicies.facts
    facts[0].change.source = "nginx\(esc)"
    let verdicts = PolicyResultsText(results: PolicyResults(load.set, on: facts), layout: layout).text
    let values = ExpressionResultsText(results: ExpressionResults("update.source", on: facts), layout: layout).text
    for text in [verdicts, values] { #expect(!text.contains("\u{1b}") && !text.contains("\u{202e}")) }
    let capture = FactsDocument(facts: facts).text
    #expect(!capture.contains("\u{1b}") && !capture.contains("\u{202e}"))
    let read = FactsCapture.load(DocumentSource(name: "x", text: capture))
    #expect(read.diagnostics.map(\.rendered) == [] && read.capture.facts.first?.change.source == "nginx\(esc)")
  }
}
