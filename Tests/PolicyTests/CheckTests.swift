import Documents
import Foundation
import GateModel
import Policy
import Testing

/// Warnings of `policy check`: whole rendered text in Fixtures/check.
@Suite struct CheckTests {
  @Test func warnings() throws {
    let folder = Golden.fixtures.appending(path: "check")
    let source = DocumentSource(name: "policy.yaml", text: try Golden.text(folder.appending(path: "policy.yaml")))
    let known = Set((0..<40).map { "pkg\($0)" } + ["systemd", "bash"])
    let load = PolicySet.check(
      [source], context: PolicyContext(groups: ["edge"], sources: known, now: Timestamp("2026-11-21T12:00:00Z")))
    let text = load.diagnostics.map(\.rendered).joined(separator: "\n\n") + "\n"
    try Golden.expect(text, equals: folder.appending(path: "expected.txt"))
  }

  @Test func shippedPoliciesHaveNoWarnings() throws {
    let sources = try Golden.names(in: Golden.shippedPolicies).compactMap { name -> DocumentSource? in
      let file = Golden.shippedPolicies.appending(path: "\(name)/policy.yaml")
      return (try? Golden.text(file)).map { DocumentSource(name: name, text: $0) }
    }
    #expect(PolicySet.check(sources).diagnostics.map(\.rendered) == [])
  }
}
