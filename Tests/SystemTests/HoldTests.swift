import Foundation
import Testing

/// A policy that holds systemd, on a booted node with the package installed: apt passes systemd over and goes on.
@Suite("a hold", LabRequirements.trait, .serialized)
struct HoldTests {
  private static let policy = """
    apiVersion: apt-gate/v1
    name: hold-systemd
    gated: [{source: systemd}]
    rules:
      - id: no-systemd
        match: {source: systemd}
        effect: {hold: {maximum: 30d, escalate: ["@security"]}}
        message: systemd waits for a test

    """

  @Test("is passed over, explained, vetoed by name, approved, and renewed by a newer version", .timeLimit(.minutes(20)))
  func hold() async throws {
    let gated = try await GatedNode.boot()
    let node = gated.node
    try node.write("/etc/apt-gate/policies/hold-systemd/policy.yaml", Self.policy)
    let repository = LocalRepository(node: node)
    try await repository.add("lab-tool", "1.0")
    try await node.shell("apt-get -y -qq install lab-tool")
    let old = try await gated.version(of: "systemd")
    let new = try await candidate("systemd", node)
    try #require(old != new)
    // apt-get update calls the hook, and so makes the pins.
    try await repository.add("lab-tool", "1.1")
    try await unattended(gated, old)
    try await explained(node, new)
    try await vetoed(gated, old, new)
    try await approved(gated, new)
    try await renewed(gated, repository, new)
  }

  private func candidate(_ package: String, _ node: BootedNode) async throws -> String {
    try await node.shell("apt-cache madison \(package) | cut -d'|' -f2 | tr -d ' ' | sort -Vr | head -n1")
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The rest goes on as if nothing were held.
  private func unattended(_ gated: GatedNode, _ old: String) async throws {
    let outcome = try await gated.node.run("unattended-upgrade", "-v", limit: 600)
    let said = outcome.output + outcome.errors
    #expect(outcome.status == 0)
    #expect(said.contains("All upgrades installed"), "\(said)")
    for word in ["ERROR", "Traceback", "failed", "dpkg returned"] { #expect(!said.contains(word), "\(said)") }
    #expect(try await gated.version(of: "lab-tool") == "1.1")
    #expect(try await gated.version(of: "systemd") == old)
  }

  private func explained(_ node: BootedNode, _ new: String) async throws {
    let held = try await node.run("apt-gate", "held")
    #expect(held.status == 2)
    for words in ["systemd", "no-systemd", "systemd waits for a test"] { #expect(held.output.contains(words)) }
    let policy = try await node.shell("apt-cache policy systemd")
    #expect(policy.contains("\(new) -1"), "\(policy)")
    let pins = try node.read("/etc/apt/preferences.d/90apt-gate.pref")
    #expect(pins.contains("Explanation: reason: systemd waits for a test"), "\(pins)")
  }

  /// Versions that a person names pass pins by: the hook is the backstop. (One alone does not get as far: apt finds no
  /// version of the other packages that it depends on, because they are pinned with it.)
  private func vetoed(_ gated: GatedNode, _ old: String, _ new: String) async throws {
    let alone = try await gated.node.run("sh", "-c", "apt-get -y install systemd=\(new) 2>&1")
    #expect(alone.status == 100, "\(alone.output)")
    for words in ["no-systemd", "systemd waits for a test", "apt-gate approve systemd"] {
      #expect(alone.output.contains(words), "\(alone.output)")
    }
    let outcome = try await gated.node.run("sh", "-c", "\(Self.install(new)) 2>&1")
    #expect(outcome.status == 100)
    for words in ["no-systemd", "systemd waits for a test", "apt-gate approve systemd"] {
      #expect(outcome.output.contains(words), "\(outcome.output)")
    }
    #expect(try await gated.version(of: "systemd") == old)
    #expect(try await gated.leftovers() == "")
    #expect(try await gated.node.shell("dpkg --audit") == "")
  }

  private static let binaries = [
    "systemd", "libsystemd-shared", "systemd-sysv", "libsystemd0", "libudev1", "udev", "libpam-systemd",
    "libnss-systemd",
  ]

  private static func install(_ version: String) -> String {
    "apt-get -y install " + binaries.map { "\($0)=\(version)" }.joined(separator: " ")
  }

  private func approved(_ gated: GatedNode, _ new: String) async throws {
    let node = gated.node
    let before = try await node.shell(GatedNode.state)
    let start = try await gated.networkdStart()
    let approval = try await node.run("apt-gate", "approve", "systemd", "--reason", "tested on the bench")
    #expect(approval.status == 0, "\(approval.output)\(approval.errors)")
    let outcome = try await node.run("sh", "-c", "\(Self.install(new)) 2>&1", limit: 300)
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(try await gated.version(of: "systemd") == new)
    // Approved is not unguarded: the shield of the default policies is up.
    #expect(try await gated.networkdStart() == start)
    #expect(try await node.shell(GatedNode.state) == before)
    #expect(try await gated.leftovers() == "")
  }

  /// An approval is bound to its version.
  private func renewed(_ gated: GatedNode, _ repository: LocalRepository, _ approved: String) async throws {
    let node = gated.node
    let newer = approved + "+lab1"
    for package in Self.binaries {
      let deb = try await node.shell(
        "ls /var/cache/apt/archives/\(package)_\(approved.replacing(":", with: "%3a"))_*.deb")
      try await repository.add(
        copyOf: deb.trimmingCharacters(in: .whitespacesAndNewlines), from: approved, to: newer)
    }
    let held = try await node.run("apt-gate", "held", "--json")
    #expect(held.status == 2)
    #expect(held.output.contains(newer) && held.output.contains("no-systemd"), "\(held.output)")
    let outcome = try await node.run("sh", "-c", "\(Self.install(newer)) 2>&1")
    #expect(outcome.status == 100 && outcome.output.contains("no-systemd"), "\(outcome.output)")
    #expect(try await gated.version(of: "systemd") == approved)
    #expect(try await node.run("apt-gate", "ledger", "verify").status == 0)
  }
}
