import Documents
import Foundation
import Policy
import Testing

/// apt-gate-policy(5) is the reference of the language: its examples work and its lists are whole.
@Suite struct PolicyManPageTests {
  private static func page() throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../man/apt-gate-policy.5")
    return try String(contentsOf: file, encoding: .utf8)
  }

  /// The examples, as a reader sees them.
  private static func examples() throws -> [String] {
    try page().components(separatedBy: ".Bd -literal -offset 2n\n").dropFirst().map { block in
      block.components(separatedBy: ".Ed\n")[0].replacing("\\e", with: "\\")
    }
  }

  private static func isPolicy(_ example: String) -> Bool { example.contains("\nrules:") }

  @Test func examplesOfPoliciesLoadWithoutAWarning() throws {
    let policies = try Self.examples().filter(Self.isPolicy)
    #expect(policies.count == 2)
    for text in policies {
      #expect(PolicySet.check([DocumentSource(name: "page", text: text)]).diagnostics.map(\.rendered) == [])
    }
  }

  @Test func examplesOfTestsPass() throws {
    let examples = try Self.examples()
    let shipped = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../policies/networkd-restart/policy.yaml")
    let beside = [try String(contentsOf: shipped, encoding: .utf8), examples[2]]
    for (policy, text) in zip(beside, examples.filter { !Self.isPolicy($0) }) {
      let set = try PolicySet.load(files: [(path: "policy.yaml", text: policy)]).result.get()
      let tests = PolicyTestFile.load(DocumentSource(name: "tests.yaml", text: text))
      #expect(tests.diagnostics.map(\.rendered) == [])
      let report = set.run(tests.cases)
      #expect(report.passed && !report.outcomes.isEmpty, "\(report.text)")
    }
    #expect(examples.count == 4)
  }

  @Test func everyFactIsListedWithItsTypeAndNoOther() throws {
    let section = try Self.page().components(separatedBy: ".Ss Facts\n")[1].components(separatedBy: ".Ss ")[0]
    let listed = section.split(separator: "\n").filter { $0.hasPrefix(".It Va ") }.map { $0.dropFirst(7) }
    #expect(listed.map(String.init) == FactReference.all.map { "\($0.path) Pq \($0.type)" })
  }

  /// Every key that the example of every key has stands in the reference.
  @Test func everyKeyIsExplained() throws {
    let reference = try Self.page().components(separatedBy: ".Sh EXAMPLES")[0]
    let example = try #require(try Self.examples().first).replacing(/[ ]#.*/, with: "")
    let keys = Set(example.matches(of: /(?:^|[ {-])([a-zA-Z]+):(?: |\n)/.anchorsMatchLineEndings()).map { $0.output.1 })
    #expect(keys.count > 30)
    for key in keys { #expect(reference.contains("Cm \(key)"), "\(key)") }
  }

  @Test func theCodesVerdictsAreListed() throws {
    let section = try Self.page().components(separatedBy: ".Ss Effects of rules\n")[1].components(separatedBy: ".Ss ")[
      0]
    let listed = section.split(separator: "\n").filter { $0.hasPrefix(".It Cm ") }.map { String($0.dropFirst(7)) }
    #expect(listed == ["allow", "shield", "defer", "stage", "approve", "hold"])
  }
}
