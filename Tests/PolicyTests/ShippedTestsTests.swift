import Documents
import Foundation
import GateModel
import Policy
import Testing

/// Each shipped policy passes its own tests.yaml; each public incident is a case that is not allowed.
@Suite struct ShippedTestsTests {
  static let folders = ((try? Golden.names(in: Golden.shippedPolicies)) ?? []).filter { $0 != "README.md" }

  private func load(_ file: URL) throws -> DocumentSource? {
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return DocumentSource(name: file.pathComponents.suffix(3).joined(separator: "/"), text: try Golden.text(file))
  }

  private func policies(_ folder: String) throws -> PolicySet {
    let own = try load(Golden.shippedPolicies.appending(path: "\(folder)/policy.yaml"))
    let all = try Self.folders.compactMap { try load(Golden.shippedPolicies.appending(path: "\($0)/policy.yaml")) }
    return try PolicySet.load(own.map { [$0] } ?? all).result.get()
  }

  @Test(arguments: folders) func passes(folder: String) throws {
    let set = try policies(folder)
    guard let source = try load(Golden.shippedPolicies.appending(path: "\(folder)/tests.yaml")) else {
      // A policy of escalations only has no rule that a case could fire.
      #expect(set.rules.isEmpty, "policy `\(folder)` has no tests.yaml")
      return
    }
    let file = PolicyTestFile.load(source)
    #expect(file.diagnostics.map(\.rendered) == [])
    let report = set.run(file.cases)
    #expect(!report.outcomes.isEmpty)
    #expect(report.passed, "\(report.text)")
    if folder != "incidents" {
      #expect(set.untestedRules(report).map(\.rendered) == [])
    }
  }

  @Test func suiteOfAllFoldersPasses() throws {
    let folders = try Self.folders.map { name in
      PolicyTestSuite.Folder(
        name: name, policy: try load(Golden.shippedPolicies.appending(path: "\(name)/policy.yaml")),
        tests: try load(Golden.shippedPolicies.appending(path: "\(name)/tests.yaml")))
    }
    let suite = PolicyTestSuite(folders)
    #expect(suite.passed, "\(suite.text)")
    #expect(suite.diagnostics.map(\.rendered) == [])
    #expect(suite.text.hasSuffix(" 0 failed; rules that fire in no test: 0\n"), "\(suite.text)")
  }

  @Test(arguments: ["Datadog", "Azure", "BackMarket", "Heroku", "OpenAI", "Pipedrive", "Zapier", "CloudAMQP"])
  func incidentIsNotAllowed(company: String) throws {
    let source = try #require(try load(Golden.shippedPolicies.appending(path: "incidents/tests.yaml")))
    let cases = PolicyTestFile.load(source).cases.filter { $0.name.hasPrefix(company) }
    #expect(cases.count == 1)
    let set = try policies("incidents")
    for test in cases { #expect(set.decide(test.facts).verdict != .allow) }
  }
}
