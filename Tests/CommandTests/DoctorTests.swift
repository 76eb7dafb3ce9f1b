import Foundation
import GateEngine
import GateModel
import Testing

@testable import apt_gate

/// `doctor` on a made-up node that has everything, and on the same node with one thing wrong at a time.
@Suite(.enabled(if: geteuid() == 0, "what doctor looks at is root's alone")) struct DoctorTests {
  private static let project = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")

  /// apt's options name the root; its configuration is the file that the package installs.
  private func node(hooks: (String) -> String = { $0 }) throws -> MadeUpNode {
    let node = try MadeUpNode()
    try node.install("plain", "1")
    try node.policy(SyncTests.policy)
    let file = Self.project.appending(path: "dist/apt.conf.d/99zz-apt-gate")
    try node.folder.write("hooks.conf", hooks(try String(contentsOf: file, encoding: .utf8)))
    try node.folder.write("usr/bin/apt-gate", "#!/bin/sh\n")
    chmod("\(node.folder.path)/usr/bin/apt-gate", 0o755)
    for name in [
      "lib/systemd/system/apt-daily-upgrade.service.d/apt-gate.conf",
      "etc/systemd/system/multi-user.target.wants/apt-gate-sweep.service",
    ] { try node.folder.write(name, "") }
    #expect(try node.gate("sync", "--quiet").status == 0)
    return node
  }

  private func doctor(_ node: MadeUpNode, _ more: String...) throws -> Command.Outcome {
    try node.gate(["doctor"] + more, environment: ["APT_CONFIG": "\(node.folder.path)/hooks.conf"])
  }

  /// The findings of a check, as `SEVERITY WHAT`.
  private func findings(_ node: MadeUpNode, _ check: String) throws -> [String] {
    let outcome = try doctor(node, "--json")
    let json = try ParsedJSON(outcome.output)
    #expect(try SchemaTests.validator.violations(of: json, schema: "doctor.schema.json") == [])
    let result = try #require(json["checks"]?.elements.first { $0["check"]?.string == check })
    return (result["findings"]?.elements ?? []).map { "\($0["severity"]?.string ?? "") \($0["what"]?.string ?? "")" }
  }

  @Test func aNodeThatHasEverythingIsWell() throws {
    let outcome = try doctor(try node())
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.error)")
    #expect(outcome.output.contains("The gate is in the way"))
    #expect(outcome.output.contains("note") && outcome.output.contains("unattended-upgrades is not installed"))
  }

  private struct Damage: Sendable {
    var name: String
    var check: String
    var finding: String
    var act: @Sendable (MadeUpNode) throws -> Void
  }

  private static let damages: [Damage] = [
    Damage(name: "no hooks", check: "hooks", finding: "broken apt does not call `apt-gate hook pre-install`") {
      try $0.folder.write("hooks.conf", "")
    },
    Damage(name: "old protocol", check: "hooks", finding: "broken apt speaks version 1 of its hooks' protocol") {
      node in
      try edit(node, "hooks.conf") { $0.replacing("Version \"3\";", with: "") }
    },
    Damage(name: "needrestart last", check: "hooks", finding: "broken needrestart runs after apt-gate's last hook") {
      node in
      try edit(node, "hooks.conf") { $0 + "DPkg::Post-Invoke { \"/usr/lib/needrestart/apt-pinvoke\"; };\n" }
    },
    Damage(name: "no program", check: "hooks", finding: "broken the hooks are there, but `/usr/bin/apt-gate` is not") {
      try remove($0, "usr/bin/apt-gate")
    },
    Damage(name: "drop-in masked", check: "units", finding: "risk the drop-in of apt-daily-upgrade.service") {
      try $0.folder.write("etc/systemd/system/apt-daily-upgrade.service.d/apt-gate.conf", "")
    },
    Damage(name: "not enabled", check: "units", finding: "risk apt-gate-sweep.service is not enabled") {
      try remove($0, "etc/systemd/system/multi-user.target.wants/apt-gate-sweep.service")
    },
    Damage(name: "APT_CONFIG", check: "unattended", finding: "risk `/etc/systemd/system/apt-daily-upgrade.service.d") {
      try $0.folder.write("usr/bin/unattended-upgrade", "")
      chmod("\($0.folder.path)/usr/bin/unattended-upgrade", 0o755)
      try $0.folder.write(
        "etc/systemd/system/apt-daily-upgrade.service.d/x.conf", "[Service]\nEnvironment=APT_CONFIG=/other\n")
    },
    Damage(name: "broken policy", check: "policies", finding: "broken a policy is broken: ") {
      try $0.policy("apiVersion: apt-gate/v1\nname: test\nrules: [{}]\n")
    },
    Damage(name: "writable policy", check: "permissions", finding: "broken `") {
      chmod("\($0.policies)/test/policy.yaml", 0o666)
    },
    Damage(name: "readable key", check: "permissions", finding: "broken `") {
      chmod("\($0.folder.path)/state/ledger/node.key", 0o644)
    },
    Damage(name: "no key", check: "ledger", finding: "broken the node's key") {
      try remove($0, "state/ledger/node.key")
    },
    Damage(name: "no ledger", check: "ledger", finding: "broken ") { try remove($0, "state/ledger") },
    Damage(name: "pins edited", check: "pins", finding: "risk `") {
      try $0.folder.write(
        "etc/apt/preferences.d/90apt-gate.pref", "Package: src:foo:any\nPin: version 2\nPin-Priority: -1\n")
    },
    Damage(name: "shield left", check: "leftovers", finding: "broken foo.service is shielded") {
      try $0.folder.write("run/systemd/system/foo.service.d/50-apt-gate-shield.conf", "[Unit]\nRefuseManualStop=yes\n")
    },
  ]

  private static func edit(_ node: MadeUpNode, _ name: String, _ change: (String) -> String) throws {
    try node.folder.write(name, change(try node.folder.text(name)))
  }

  private static func remove(_ node: MadeUpNode, _ name: String) throws {
    try FileManager.default.removeItem(atPath: "\(node.folder.path)/\(name)")
  }

  @Test(arguments: 0..<damages.count) func whatIsWrongIsFound(index: Int) throws {
    let damage = Self.damages[index]
    let node = try node()
    #expect(try findings(node, damage.check).filter { !$0.hasPrefix("note") } == [])
    try damage.act(node)
    let found = try findings(node, damage.check)
    #expect(found.contains { $0.hasPrefix(damage.finding) }, "\(damage.name): \(found)")
    let outcome = try doctor(node)
    #expect(outcome.status == 3, "\(damage.name): \(outcome.output)")
    #expect(outcome.output.contains("why: ") && outcome.output.contains("do: "))
  }

  @Test func observingIsWorthKnowingAndNoProblem() throws {
    let node = try node()
    try node.folder.write("apt-gate.yaml", "apiVersion: apt-gate/v1\nmode: observe\n")
    let outcome = try doctor(node, "--config", "\(node.folder.path)/apt-gate.yaml")
    #expect(outcome.status == 0 && outcome.output.contains("`mode: observe`"), "\(outcome.output)")
    try node.folder.write("apt-gate.yaml", "apiVersion: apt-gate/v1\nmode: sleep\n")
    let broken = try doctor(node, "--config", "\(node.folder.path)/apt-gate.yaml")
    let words = broken.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(broken.status == 3 && words.contains("is broken"), "\(broken.output)")
  }

  /// Another state has transactions of its own, also where the configuration is broken.
  @Test(arguments: ["observe", "sleep"]) func theDeadAreLookedForInTheStateThatIsNamed(mode: String) throws {
    let node = try node()
    let dead = TransactionRecord(
      id: "20260101T000000Z-1", began: .now, stream: "s", run: "r", boot: "b",
      process: ProcessIdentity(pid: Int32.max, start: 1))
    try node.folder.write("state/transactions/\(dead.id)", dead.text)
    try node.folder.write("apt-gate.yaml", "apiVersion: apt-gate/v1\nmode: \(mode)\n")
    let outcome = try doctor(node, "--config", "\(node.folder.path)/apt-gate.yaml")
    let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(outcome.status == 3 && words.contains("the transaction \(dead.id) was begun"), "\(outcome.output)")
  }
}
