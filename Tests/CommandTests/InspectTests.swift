import Foundation
import Testing

@testable import apt_gate

/// `inspect` on .debs that dpkg-deb built, whole and damaged.
@Suite struct InspectTests {
  @Test func showsEffectsOfAnUpgrade() throws {
    let node = try MadeUpNode()
    try node.install("foo", "1.0-1")
    let deb = try node.deb("foo", "1.0-2", postinst: ExitCodeTests.restart)
    let outcome = try node.gate("inspect", deb, "--json")
    let json = try ParsedJSON(outcome.output)
    #expect(outcome.status == 0)
    #expect(json["package"]?.string == "foo")
    #expect(json["from"]?.string == "1.0-1")
    #expect(json["effects"]?.elements.first?["unit"]?.string == "foo.service")
    #expect(json["calls"]?.elements.first?["tool"]?.string == "systemctl")
    #expect(try SchemaTests.validator.violations(of: json, schema: "inspect.schema.json") == [])
  }

  @Test func fromSaysWhatItReplaces() throws {
    let node = try MadeUpNode()
    try node.install("foo", "1.0-1")
    let deb = try node.deb(
      "foo", "1.0-2",
      postinst: "#!/bin/sh\nif dpkg --compare-versions \"$2\" lt 0.5; then systemctl restart old.service; fi\n")
    #expect(try !node.gate("inspect", deb).output.contains("old.service"))
    #expect(try node.gate("inspect", deb, "--from", "0.4").output.contains("old.service"))
  }

  @Test func aPackageThatIsNotInstalledIsNew() throws {
    let node = try MadeUpNode()
    try node.install("bar", "1")
    let outcome = try node.gate("inspect", node.deb("foo", "1.0-2", postinst: ExitCodeTests.restart), "--json")
    #expect(try ParsedJSON(outcome.output)["from"] == .null)
  }

  @Test(arguments: [0, 7, 68, 100, 500]) func aTruncatedDebIs1(length: Int) throws {
    let node = try MadeUpNode()
    try node.install("foo", "1.0-1")
    let whole = try Data(contentsOf: URL(filePath: node.deb("foo", "2", postinst: ExitCodeTests.restart)))
    try node.folder.write("cut.deb", whole.prefix(length))
    let outcome = try node.gate("inspect", "\(node.folder.path)/cut.deb")
    #expect(outcome.status == 1)
    #expect(outcome.error.hasPrefix("apt-gate: cannot read `\(node.folder.path)/cut.deb` as a .deb: "))
    #expect(outcome.output == "")
  }

  @Test(arguments: ["/nonexistent.deb", "/", "/dev/null", "/dev/zero"]) func whatIsNoFileIs1(path: String) throws {
    let outcome = try MadeUpNode().gate("inspect", path)
    #expect(outcome.status == 1)
    #expect(outcome.error.hasPrefix("apt-gate: cannot read `\(path)`: "))
  }
}
