import Documents
import Foundation
import Policy
import Testing

/// Each folder of Fixtures/diagnostics holds policy files and, in expected.txt, all that is said about them.
@Suite struct DiagnosticTests {
  static let cases = (try? Golden.names(in: folder)) ?? []
  static let folder = Golden.fixtures.appending(path: "diagnostics")

  @Test func casesAreThere() {
    #expect(Self.cases.count >= 9)
  }

  @Test(arguments: cases) func rendersAllErrors(name: String) throws {
    let folder = Self.folder.appending(path: name)
    let files = try Golden.names(in: folder).filter { $0.hasSuffix(".yaml") }
    let sources = try files.map { DocumentSource(name: $0, text: try Golden.text(folder.appending(path: $0))) }
    let load = PolicySet.load(sources)
    let text = load.diagnostics.map(\.rendered).joined(separator: "\n\n") + "\n"
    try Golden.expect(text, equals: folder.appending(path: "expected.txt"))
    #expect(load.errors.isEmpty == (load.set.brokenBy == nil))
  }
}
