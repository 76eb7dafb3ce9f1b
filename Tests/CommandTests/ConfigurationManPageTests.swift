import GateConfiguration
import Documents
import Foundation
import Testing

/// man/apt-gate.yaml.5 and the configuration that is shipped, against the code that reads them.
@Suite struct ConfigurationManPageTests {
  private static func text(_ path: String) throws -> String {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../\(path)")
    return try String(contentsOf: file, encoding: .utf8)
  }

  private static func example() throws -> String {
    let page = try text("man/apt-gate.yaml.5")
    let parts = page.split(separator: ".Bd -literal\n")
    return String(try #require(parts.last?.split(separator: ".Ed").first))
  }

  @Test func theExampleLoadsAndHasEveryKeyThatIsDocumented() throws {
    let example = try Self.example()
    let (_, diagnostics) = ConfigurationInput([DocumentSource(name: "example", text: example)]).validated()
    #expect(diagnostics.map(\.rendered) == [])
    let keys = try Self.text("man/apt-gate.yaml.5").split(separator: "\n")
      .compactMap { $0.firstMatch(of: /^\.It Cm ([a-zA-Z]+)$/).map { String($0.output.1) } }
    #expect(keys.count == 36)
    for key in keys { #expect(example.contains("\(key):"), "\(key)") }
  }

  /// The reader names its keys when it meets one that it does not know: all of them must be documented.
  @Test func everyKeyIsDocumented() throws {
    let page = try Self.text("man/apt-gate.yaml.5")
    for place in ["%", "deadlines: {%", "probes: {%", "expectedChurn: {%", "notify: {%", "fleet: {%", "fleetlock: {%"] {
      let end = place == "%" ? "" : "}"
      let text = "apiVersion: apt-gate/v1\n" + place.replacing("%", with: "zzzzzzzzzzzzzzzz: 1") + end + "\n"
      let found = ConfigurationInput([DocumentSource(name: "x", text: text)]).validated().diagnostics
      let suggestion = try #require(found.first { $0.code == .unknownKey }?.suggestion)
      let keys = suggestion.matches(of: /`([a-zA-Z]+)`/).map { String($0.output.1) }
      #expect(keys.count > 1)
      for key in keys { #expect(page.contains(".It Cm \(key)\n"), "\(key)") }
    }
  }

  @Test func whatIsShippedIsTheDefault() throws {
    let source = DocumentSource(name: "apt-gate.yaml", text: try Self.text("dist/apt-gate.yaml"))
    let (settings, diagnostics) = ConfigurationInput([source]).validated()
    #expect(diagnostics.map(\.rendered) == [] && settings == .standard)
  }
}
