import Documents
import GateEngine
import GateModel
import PackageAnalysis
import Policy
import Testing

@Suite struct CheckPipelineTests {
  private let node = ScriptedNode(
    changes: [.upgrade("a"), .upgrade("b"), .upgrade("c")], warnings: ["w"],
    analyses: [
      "a": .nothing(.candidate, .installed), "b": .nothing(.candidate, .candidate), "c": .nothing(.installed),
    ],
    verdicts: ["c": .hold])

  @Test func putsTheStrictestVerdictFirstAndThenGoesByName() throws {
    let report = try node.pipeline.run()
    #expect(report.changes.map(\.change.source) == ["c", "a", "b"])
    #expect(report.warnings == ["w"])
  }

  @Test func countsVerdictsAndBases() throws {
    let summary = try node.pipeline.run().summary
    #expect(summary.total == 3)
    #expect(summary.held == 1)
    #expect(summary.count(of: Verdict.allow) == 2)
    #expect(summary.count(of: EvidenceBasis.candidate) == 1)
    #expect(summary.count(of: EvidenceBasis.installed) == 2)
    #expect(summary.strictest == .hold)
  }

  @Test func aChangeThatCannotBeAnalysedHasAnUnknownEffectAndTheOthersGoOn() throws {
    var node = node
    node.analyses["b"] = nil
    let report = try node.pipeline.run()
    let failed = try #require(report.changes.first { $0.change.source == "b" })
    #expect(failed.effects.map(\.kind) == [.unknown])
    #expect(failed.effects.first?.evidence.text == "no analysis of b")
    #expect(failed.basis == .unknown)
    #expect(report.changes.map(\.change.source) == ["c", "a", "b"])
  }

  /// G2: changes that no policy gates go ahead, whatever is broken.
  @Test func whatCannotBeAnalysedIsHeldOnlyIfItIsGated() throws {
    let text = """
      apiVersion: apt-gate/v1
      name: test
      gated: [{source: b}]
      rules: [{id: fine, match: {source: b}, effect: allow, message: fine}]
      """
    let policies = PolicySet.load([DocumentSource(name: "test", text: text)]).set
    let pipeline = CheckPipeline(
      source: ScriptedNode(changes: [.upgrade("a"), .upgrade("b")]), names: node, analyser: ScriptedNode(),
      decider: policies)
    let verdicts = try pipeline.run().changes.map { "\($0.change.source) \($0.verdict.rawValue)" }
    #expect(verdicts.sorted() == ["a allow", "b undetermined"])
  }

  @Test func aChangeThatCannotBeDecidedIsUndeterminedAndKeepsItsEffects() throws {
    var node = node
    node.undecidable = ["b"]
    let undecided = try #require(try node.pipeline.run().changes.first)
    #expect(undecided.verdict == .undetermined)
    #expect(undecided.basis == .candidate)
    #expect(undecided.decision.message == "the policies could not decide: no policy")
  }

  @Test func tellsEveryStep() throws {
    var steps: [CheckProgress] = []
    _ = try node.pipeline.run { steps.append($0) }
    #expect(
      steps == [
        .collecting, .analysing(source: "a", number: 1, of: 3), .analysing(source: "b", number: 2, of: 3),
        .analysing(source: "c", number: 3, of: 3),
      ])
  }

  @Test func nothingPendingIsAllowed() throws {
    #expect(try ScriptedNode().pipeline.run().summary.strictest == .allow)
  }
}
