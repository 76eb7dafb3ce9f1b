import Documents
import GateModel
import Policy
import Testing

@Suite struct EvaluationTests {
  @Test(arguments: [
    ("update.source + '!'", "string", "\"demo!\""),
    ("effects.map(e, e.kind)", "list(string)", "[\"restart\", \"unknown\"]"),
    ("network.atRisk.routes", "int", "300"), ("network.cni.map(c, c.name)", "list(string)", "[\"cilium\"]"),
    ("network.defaultRoutes", "list(map(string, string))", "[{\"dev\": \"eth0\", \"dst\": \"default\"}]"),
    ("update.age", "duration", "1 day"), ("now", "timestamp", "2026-11-21T00:00:00Z"), ("1 + 1 == 2", "bool", "true"),
  ])
  func values(expression: String, type: String, value: String) {
    let evaluation = ExpressionEvaluation(expression, facts: FactsTests.everything)
    #expect(evaluation.diagnostics.map(\.rendered) == [])
    #expect(evaluation.type == type)
    #expect(evaluation.value == value)
  }

  @Test func errorsAreRendered() {
    let evaluation = ExpressionEvaluation("update.sorce == 1", facts: FactsTests.everything)
    #expect(
      evaluation.diagnostics.map(\.rendered) == [
        """
        expression:1:8: error: `Update` has no field `sorce`; did you mean `source`?
          1 | update.sorce == 1
            |        ^
        """
      ])
    #expect(evaluation.value == nil)
  }

  @Test func missingFactIsAFailure() {
    let facts = Facts(change: Sample.change("bash"), effects: [])
    let evaluation = ExpressionEvaluation("node.name == 'x'", facts: facts)
    #expect(evaluation.failure == "`node` is not known")
    #expect(evaluation.parts.contains { $0.text == "node.name" && $0.failure != nil })
  }

  /// However it is written, an expression ends soon.
  @Test(.timeLimit(.minutes(1))) func expensiveExpressionRunsOutOfBudget() {
    let list = "[" + Array(repeating: "1", count: 200).joined(separator: ",") + "]"
    let text = "\(list).all(a, \(list).all(b, \(list).all(c, \(list).all(d, a == d))))"
    let evaluation = ExpressionEvaluation(text, facts: FactsTests.everything)
    #expect(evaluation.value == nil)
    #expect(evaluation.failure != nil || !evaluation.diagnostics.isEmpty)
  }
}
