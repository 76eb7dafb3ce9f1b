import Documents
import FleetConfiguration
import Foundation
import Rollout
import Testing

@Suite struct FleetManPageTests {
  private let page: String

  init() throws {
    let file = FleetFileTests.fixtures.appending(path: "../../../man/apt-gate-fleet.5").standardized
    page = try String(contentsOf: file, encoding: .utf8)
  }

  /// Keys that the reader proposes for one that it does not know are all that it knows.
  private func keys(of text: String) -> Set<String> {
    let said = FleetFile.read(DocumentSource(name: "f", text: text)).diagnostics.map { $0.suggestion ?? "" }
    return Set(
      said.filter { $0.hasPrefix("one of: ") || $0.hasPrefix("its keys are ") }.flatMap { line in
        line.split(separator: "`").enumerated().filter { $0.offset % 2 == 1 }.map { String($0.element) }
      })
  }

  @Test func everyKeyIsDocumentedAndNoOther() {
    let known = keys(of: "zzzzzzzz: 1").union(keys(of: "rings: [{zzzzzzzz: 1}]"))
      .union(keys(of: "groups: [{zzzzzzzz: 1}]"))
      .union(keys(of: "groups: [{name: a, nodes: a}]\nrings: [{name: a, groups: a, approvals: {zzzzzzzz: 1}}]"))
    #expect(known.count >= 19)
    let documented = page.matches(of: /(?m)^\.(?:It )?Cm ([A-Za-z]+)/).map { String($0.output.1) }
    #expect(Set(documented) == known)
  }

  @Test func theExampleIsGood() throws {
    let start = try #require(page.range(of: ".Bd -literal\n"))
    let end = try #require(page.range(of: "\n.Ed"))
    let file = FleetFile.read(DocumentSource(name: "example", text: String(page[start.upperBound..<end.lowerBound])))
    #expect(file.diagnostics.map(\.rendered) == [])
    #expect(file.plan?.rings.count == 2)
  }
}
