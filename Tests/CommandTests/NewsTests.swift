import Foundation
import GateModel
import Ledger
import LedgerLog
import Testing

@testable import apt_gate

/// What the built program tells of what it does: the notify command, metrics and the login message.
@Suite(.enabled(if: geteuid() == 0, "only root's runs are told")) struct NewsTests {
  private func node() throws -> MadeUpNode {
    let node = try MadeUpNode()
    try node.install("systemd", "1")
    try node.offer("systemd", "2")
    try node.policy(SyncTests.policy)
    return node
  }

  /// A configuration whose notify command runs `script` with the folder of the node as `$1`.
  private func configure(_ node: MadeUpNode, notify script: String, deadline: String = "20s") throws -> [String] {
    let folder = node.folder.path
    try node.folder.write("notify", "#!/bin/sh\n\(script)\n")
    chmod("\(folder)/notify", 0o755)
    try node.folder.write(
      "apt-gate.yaml",
      """
      apiVersion: apt-gate/v1
      notify: {command: [\(folder)/notify, \(folder)], deadline: \(deadline)}
      metrics: \(folder)/apt-gate.prom
      motd: \(folder)/motd

      """)
    return ["--config", "\(folder)/apt-gate.yaml"]
  }

  /// The text of a file that another process writes, whole.
  private func awaited(_ node: MadeUpNode, _ name: String) throws -> String {
    for _ in 0..<400 {
      if let text = try? node.folder.text(name) { return text }
      usleep(50_000)
    }
    throw MadeUpNode.Failure(text: "`\(name)` did not come")
  }

  @Test func aHoldIsToldOnceAndItsEndIsNot() throws {
    let node = try node()
    let options = try configure(node, notify: "cat > $1/heard.new; mv $1/heard.new $1/heard")
    #expect(try node.gate(["sync", "--quiet"] + options).status == 2)
    let heard = try ParsedJSON(try awaited(node, "heard"))
    #expect(try SchemaTests.validator.violations(of: heard, schema: "events.schema.json") == [])
    let events = try #require(heard["events"]?.elements)
    #expect(events.map { $0["event"]?.string } == ["changeHeld"])
    #expect(events[0]["source"]?.string == "systemd" && events[0]["version"]?.string == "2")
    #expect(events[0]["rule"]?.string == "no-systemd")
    #expect(events[0]["message"]?.string == "systemd 2 is held: no systemd today")
    try FileManager.default.removeItem(atPath: "\(node.folder.path)/heard")
    #expect(try node.gate(["sync", "--quiet"] + options).status == 2)
    #expect(try node.gate(["sync", "--quiet", "--dry-run"] + options).status == 2)
    let approve = try node.gate(["approve", "systemd", "--reason", "tried", "--quiet"] + options)
    #expect(approve.status == 0, "\(approve.error)")
    let next = try ParsedJSON(try awaited(node, "heard"))
    #expect(next["events"]?.elements.map { $0["event"]?.string } == ["approvalGiven"])
    #expect(next["events"]?.elements[0]["message"]?.string?.hasSuffix("approved systemd 2: tried") == true)
  }

  @Test func theSyncDoesNotWaitAndTheDeadlineEndsAll() throws {
    let node = try node()
    let options = try configure(
      node, notify: "sleep 300 & echo $! $$ > $1/pids.new; mv $1/pids.new $1/pids; wait", deadline: "1s")
    let start = ContinuousClock.now
    #expect(try node.gate(["sync", "--quiet"] + options).status == 2)
    #expect(ContinuousClock.now - start < .seconds(60))
    let pids = try awaited(node, "pids").split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    try #require(pids.count == 2)
    for _ in 0..<400 where pids.contains(where: isRunning) { usleep(50_000) }
    #expect(!pids.contains(where: isRunning))
  }

  /// Also one that ended and was not waited for has ended.
  private func isRunning(_ pid: Int32) -> Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8) else { return false }
    return stat.split(separator: ")").last.map { !$0.hasPrefix(" Z") } ?? false
  }

  @Test func aCommandThatCannotBeRunFailsNothing() throws {
    let node = try node()
    let options = try configure(node, notify: "true")
    try FileManager.default.removeItem(atPath: "\(node.folder.path)/notify")
    let outcome = try node.gate(["sync", "--quiet"] + options)
    #expect(outcome.status == 2)
    #expect(try node.folder.text("motd").hasPrefix("apt-gate: 1 update is held"))
  }

  @Test func metricsAndLoginMessageSayHowTheNodeStands() throws {
    let node = try node()
    let options = try configure(node, notify: "true")
    #expect(try node.gate(["sync", "--quiet"] + options).status == 2)
    let ledger = try NodeLedger.open(state: "\(node.folder.path)/state", node: "test")
    try ledger.append(
      [
        .transactionIntent(
          TransactionIntent(transaction: "t", part: 1, parts: 1, command: "cafecafe-1-1", policyDigest: "")),
        .owedRestart(OwedRestartRecord(unit: "foo.service", transaction: "t", sources: ["foo"])),
        .transactionOutcome(
          TransactionOutcome(
            transaction: "t", result: .completed, network: NetworkRecord(lost: 3, restored: 2, missing: 1))),
      ], at: .now)
    #expect(try node.gate(["sync", "--quiet"] + options).status == 2)
    let metrics = try node.folder.text("apt-gate.prom")
    for line in [
      #"apt_gate_held_changes{rule="no-systemd"} 1"#, "apt_gate_owed_restarts 1",
      #"apt_gate_last_run_result{result="done"} 1"#, #"apt_gate_network_objects_lost_total{kind="object"} 3"#,
      #"apt_gate_network_objects_restored_total{kind="object"} 2"#,
    ] { #expect(metrics.contains(line), "\(metrics)") }
    #expect(try node.folder.text("motd").contains("apt-gate restart foo.service"))
    try node.policy(SyncTests.policy.replacing("source: systemd", with: "source: other"))
    _ = try node.gate(["sync", "--quiet"] + options)
    #expect(try node.folder.text("motd").split(separator: "\n").count == 1)
  }

  /// A reboot settles what was owed before it, and nothing that this boot owes.
  @Test(arguments: [true, false]) func aRebootSettlesWhatIsOwed(isEarlier: Bool) throws {
    let node = try node()
    let boot = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8).prefix(8)
    let state = "\(node.folder.path)/state"
    let ledger = try NodeLedger.open(state: state, node: "test")
    let run = isEarlier ? "00000000-1-1" : "\(boot)-1-1"
    try ledger.append(
      [
        .transactionIntent(TransactionIntent(transaction: "t", part: 1, parts: 1, command: run, policyDigest: "")),
        .owedRestart(OwedRestartRecord(unit: "foo.service", transaction: "t", sources: ["foo"])),
        .transactionOutcome(TransactionOutcome(transaction: "t", result: .completed)),
      ], at: .now)
    let outcome = try Command(
      MadeUpNode.binary, ["hook", "boot", "--state", state, "--policies", node.policies]
    ).run()
    #expect(outcome.status == 0, "\(outcome.error)")
    #expect(try ledger.owedRestarts().isEmpty == isEarlier)
    #expect(try Command(MadeUpNode.binary, ["ledger", "verify", "--state", state]).run().status == 0)
  }
}
