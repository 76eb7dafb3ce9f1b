import Documents
import Foundation
import Policy
import Testing

/// policies/README.md is the reference of the policy language: what it says is true.
@Suite struct ReferenceTests {
  private let file = Golden.shippedPolicies.appending(path: "README.md")

  /// The YAML blocks, in order.
  private func examples() throws -> [String] {
    try Golden.text(file).components(separatedBy: "```yaml\n").dropFirst().map { block in
      String(block.components(separatedBy: "```")[0])
    }
  }

  @Test func exampleOfAPolicyLoads() throws {
    let text = try #require(try examples().first)
    let load = PolicySet.check([DocumentSource(name: "README.md", text: text)])
    #expect(load.diagnostics.map(\.rendered) == [])
    let rule = try #require(load.set.rules.first)
    #expect(rule.when != nil && !rule.time.isEmpty && !rule.except.isEmpty && rule.clears != nil)
  }

  @Test func exampleOfATestPasses() throws {
    let text = try #require(try examples().last)
    let tests = PolicyTestFile.load(DocumentSource(name: "README.md", text: text))
    #expect(tests.diagnostics.map(\.rendered) == [])
    let policy = Golden.shippedPolicies.appending(path: "networkd-restart/policy.yaml")
    let set = try PolicySet.load(files: [(path: "policy.yaml", text: try Golden.text(policy))]).result.get()
    let report = set.run(tests.cases)
    #expect(report.passed && !report.outcomes.isEmpty, "\(report.text)")
  }

  @Test func everyShippedPolicyIsListed() throws {
    let text = try Golden.text(file)
    for folder in ShippedTestsTests.folders where folder != "incidents" {
      #expect(text.contains("| `\(folder)` |"), "\(folder)")
    }
  }

  @Test func factsAreTheSchemas() throws {
    let table = FactReference.all.map { "| `\($0.path)` | \($0.type) | \($0.meaning) |\n" }.joined()
    let parts = try Golden.text(file).components(separatedBy: "<!-- facts -->\n")
    let after = try #require(parts.last?.components(separatedBy: "<!-- end of facts -->").last)
    let whole =
      parts[0] + "<!-- facts -->\n| fact | type | meaning |\n|---|---|---|\n" + table + "<!-- end of facts -->" + after
    try Golden.expect(whole, equals: file)
  }
}
