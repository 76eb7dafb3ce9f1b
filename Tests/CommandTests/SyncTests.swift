import Foundation
import Testing

@testable import apt_gate

/// The built program on made-up nodes: what apt itself does after a sync.
@Suite struct SyncTests {
  static let policy = """
    apiVersion: apt-gate/v1
    name: test
    gated:
      - source: systemd
    rules:
      - id: no-systemd
        match: {source: systemd}
        effect: {hold: {maximum: 30d, escalate: ["@security"]}}
        message: no systemd today
    """

  /// systemd is held; app needs the new one; tool breaks the old app; libsystemd0 is of the same source; tzdata is free.
  private func node(policy: String = policy) throws -> MadeUpNode {
    let node = try MadeUpNode()
    for name in ["systemd", "app", "tool", "tzdata"] { try node.install(name, "1") }
    try node.install("libsystemd0", "1", fields: "Source: systemd\n")
    try node.offer("systemd", "2", fields: "Depends: libsystemd0 (= 2)\n")
    try node.offer("libsystemd0", "2", fields: "Source: systemd\n")
    try node.offer("app", "2", fields: "Depends: systemd (>= 2)\n")
    try node.offer("tool", "2", fields: "Breaks: app (<< 2)\n")
    try node.offer("tzdata", "2")
    try node.policy(policy)
    return node
  }

  private let all = ["Inst app", "Inst libsystemd0", "Inst systemd", "Inst tool", "Inst tzdata"]

  @Test func aptPassesOverWhatIsHeldAndWhatMustMoveWithItAndTheRestUpgrades() throws {
    let node = try node()
    #expect(try node.upgrades() == all)
    let sync = try node.gate("sync", "--json")
    #expect(sync.status == 2 && sync.error == "")
    #expect(try node.upgrades() == ["Inst tzdata"])
    let holds = try #require(try ParsedJSON(sync.output)["holds"]?.elements)
    #expect(holds.map { $0["source"]?.string } == ["app", "systemd", "tool"])
    #expect(holds.map { $0["heldBy"]?.elements.map(\.string) } == [["systemd"], [], ["app"]])
    let file = try node.folder.text("etc/apt/preferences.d/90apt-gate.pref")
    #expect(file.contains("Explanation: rule: no-systemd\nExplanation: reason: no systemd today\n"))
    let held = try node.gate("held")
    #expect(held.status == 2)
    #expect(held.output.contains("no-systemd: no systemd today"))
    #expect(held.output.contains("held by   systemd"))
  }

  @Test func aSecondSyncChangesNothing() throws {
    let node = try node()
    _ = try node.gate("sync")
    let before = try node.folder.text("etc/apt/preferences.d/90apt-gate.pref")
    let again = try ParsedJSON(try node.gate("sync", "--json").output)
    #expect(again["pins"]?["added"]?.elements.count == 0 && again["pins"]?["kept"]?.elements.count == 3)
    #expect(try node.folder.text("etc/apt/preferences.d/90apt-gate.pref") == before)
  }

  @Test func pinsGoWhenTheDecisionChangesAndTheVersionIsSuperseded() throws {
    let node = try node()
    _ = try node.gate("sync")
    try node.offer("systemd", "3", fields: "Depends: libsystemd0 (= 2)\n")
    let newer = try ParsedJSON(try node.gate("sync", "--json").output)
    #expect(newer["pins"]?["added"]?.elements.map { $0["version"]?.string } == ["3"])
    #expect(try node.upgrades() == ["Inst tzdata"])
    try node.policy(
      Self.policy.replacing("effect: {hold: {maximum: 30d, escalate: [\"@security\"]}}", with: "effect: allow"))
    let outcome = try node.gate("sync")
    #expect(outcome.status == 0)
    #expect(try node.upgrades().count == 5)
    #expect(!FileManager.default.fileExists(atPath: "\(node.folder.path)/etc/apt/preferences.d/90apt-gate.pref"))
    #expect(try node.gate("held").output == "Nothing is held.\n")
  }

  @Test func aDryRunChangesAndRecordsNothing() throws {
    let node = try node()
    let outcome = try node.gate("sync", "--dry-run")
    #expect(outcome.status == 2 && outcome.output.contains("Nothing was changed."))
    #expect(try node.upgrades() == all)
    #expect(!FileManager.default.fileExists(atPath: "\(node.folder.path)/state"))
  }

  @Test func observeRecordsAndHoldsNothing() throws {
    let node = try node()
    _ = try node.gate("sync")
    try node.folder.write("gate.yaml", "apiVersion: apt-gate/v1\nmode: observe\n")
    let outcome = try node.gate("sync", "--config", "\(node.folder.path)/gate.yaml")
    #expect(outcome.status == 2 && outcome.output.contains("Mode observe: nothing is held in apt."))
    #expect(try node.upgrades() == all)
  }

  @Test func anApprovalLetsExactlyThatVersionThroughUntilItIsRevoked() throws {
    let node = try node()
    _ = try node.gate("sync")
    let approve = try node.gate(["approve", "systemd", "--reason", "tried"], environment: ["SUDO_UID": "1"])
    #expect(approve.status == 0)
    #expect(approve.output.hasPrefix("systemd 2: approved by daemon until "))
    #expect(try node.upgrades() == all)
    #expect(try node.gate("approve", "systemd", "--reason", "x").error.contains("is not held"))
    try node.offer("systemd", "3", fields: "Depends: libsystemd0 (= 2)\n")
    #expect(try node.gate("sync").status == 2, "a newer version is a new decision")
    #expect(try node.gate("revoke", "systemd", "--reason", "oops").status == 2)
    #expect(try node.gate("revoke", "systemd", "--reason", "oops").status == 1)
  }

  @Test func aCompanionIsNotApprovedByItself() throws {
    let node = try node()
    _ = try node.gate("sync")
    let outcome = try node.gate("approve", "app", "--reason", "x")
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("apt-gate approve systemd"))
  }

  @Test func whatIsHardIsNotApprovable() throws {
    let hard = Self.policy.replacing("    message:", with: "    enforce: hard\n    message:")
    let node = try node(policy: hard)
    let outcome = try node.gate("approve", "systemd", "--reason", "x")
    #expect(outcome.status == 1 && outcome.output == "")
    #expect(outcome.error.contains("no approval clears"))
  }

  @Test func twoPeopleWhereTheRuleAsksForTwo() throws {
    let two = Self.policy.replacing(
      "effect: {hold: {maximum: 30d, escalate: [\"@security\"]}}",
      with: "effect: {approve: {count: 2, from: [daemon, bin]}}")
    let node = try node(policy: two)
    func approve(_ uid: String) throws -> Command.Outcome {
      try node.gate(["approve", "systemd", "--reason", "x"], environment: ["SUDO_UID": uid])
    }
    #expect(try approve("3").error.contains("may not approve"))
    let first = try approve("1")
    #expect(first.status == 2 && first.output.contains("1 more must approve"))
    #expect(try approve("1").output.contains("1 more must approve"), "one person is one person")
    #expect(try approve("2").status == 0)
    #expect(try node.upgrades() == all)
  }

  /// Fail safe: gated changes are held, the others go on, and the exit code says which.
  @Test func aLedgerThatCannotBeWrittenHoldsWhatIsGated() throws {
    let node = try node(
      policy: Self.policy.replacing("effect: {hold: {maximum: 30d, escalate: [\"@security\"]}}", with: "effect: allow"))
    #expect(try node.gate("sync").status == 0)
    try node.folder.write("state/ledger/ledger.db", "rubbish")
    let outcome = try node.gate("sync")
    #expect(outcome.status == 1)
    #expect(outcome.error.contains("ledger"))
    #expect(try node.upgrades() == ["Inst tzdata"])
    #expect(try node.gate("held").output.contains("cannot be recorded"))
  }

  @Test func aBrokenPolicyHoldsWhatTheReadableRestGates() throws {
    let node = try node()
    try node.policy("rules: [", name: "other")
    let outcome = try node.gate("sync")
    #expect(outcome.status == 4)
    #expect(try node.upgrades() == ["Inst tzdata"])
  }

  @Test func theUpdateHookNeverFailsApt() throws {
    let node = try node()
    let good = try node.gate("hook", "update")
    #expect(good.status == 0 && good.output == "apt-gate holds 3 of 4: app, systemd, tool; see `apt-gate held`\n")
    #expect(try node.upgrades() == ["Inst tzdata"])
    try FileManager.default.removeItem(atPath: node.policies)
    let bad = try node.gate("hook", "update")
    #expect(bad.status == 0 && bad.error.contains("cannot read the policies"))
    #expect(bad.output == good.output)
    #expect(try node.upgrades() == ["Inst tzdata"], "what was held stays held")
  }

  @Test(.enabled(if: geteuid() == 0, "only root refuses what others can write"))
  func policiesThatOthersCanWriteAreRefused() throws {
    let node = try node()
    let file = "\(node.policies)/test/policy.yaml"
    try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: file)
    let outcome = try node.gate("sync")
    #expect(outcome.status == 4 && outcome.error.contains("others than root may write it"))
    try node.folder.write("gate.yaml", "apiVersion: apt-gate/v1\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o602], ofItemAtPath: "\(node.folder.path)/gate.yaml")
    #expect(try node.gate("sync", "--config", "\(node.folder.path)/gate.yaml").status == 1)
  }
}
