import Foundation
import Testing

/// What people and monitoring see of a node with the package, and what `doctor` finds on it.
@Suite("being seen", LabRequirements.trait, .serialized)
struct SeenTests {
  private static let notify = "#!/bin/sh\ncat > /run/heard.$$.new && mv /run/heard.$$.new /run/heard.$$\n"

  @Test("a systemd update is in the journal, the metrics, the login message and told", .timeLimit(.minutes(20)))
  func update() async throws {
    let node = try await GatedNode.boot().node
    try node.write("/usr/local/bin/notify-lab", Self.notify)
    try await node.shell("chmod 755 /usr/local/bin/notify-lab; mkdir -p /var/lib/prometheus/node-exporter")
    try node.write(
      "/etc/apt-gate/apt-gate.yaml.d/lab.yaml",
      "apiVersion: apt-gate/v1\nnotify: {command: [/usr/local/bin/notify-lab]}\n")
    try await node.shell(
      "apt-get -y -qq install systemd libsystemd-shared systemd-sysv > /tmp/upgrade 2>&1", limit: 600)
    // In the order in which it happened.
    let told = try await journal(node)
    let shielded = "systemd-networkd.service"
    for event in [
      "\(shielded) is shielded", "\(shielded) is shielded no more", "the restart of \(shielded) is owed",
    ] { #expect(told.contains { $0.contains(event) }, "\(told)") }
    #expect(
      try await node.shell("journalctl -x -t apt-gate --no-pager").contains("restarts it while its network is guarded"))
    let heard = try await node.shell(
      "for i in $(seq 100); do ls /run/heard.* > /dev/null 2>&1 && break; sleep 0.2; done; cat /run/heard.*")
    #expect(heard.contains("apt-gate/events/1") && heard.contains("restartOwed"), "\(heard)")
    let metrics = try node.read("/var/lib/prometheus/node-exporter/apt-gate.prom")
    #expect(
      metrics.contains("apt_gate_owed_restarts 1\n") && metrics.contains("apt_gate_last_run_result{result=\"done\"} 1"))
    let login = try await node.shell("/etc/update-motd.d/92-apt-gate")
    #expect(login.contains("apt-gate restart \(shielded)"), "\(login)")
    #expect(try await node.run("apt-gate", "restart", shielded, limit: 300).status == 0)
    #expect(try node.read("/var/lib/prometheus/node-exporter/apt-gate.prom").contains("apt_gate_owed_restarts 0\n"))
    #expect(try await !node.shell("/etc/update-motd.d/92-apt-gate").contains("restart"))
  }

  private func journal(_ node: BootedNode) async throws -> [String] {
    try await node.shell("journalctl --sync; journalctl -t apt-gate -o cat --no-pager").split(separator: "\n").map(
      String.init)
  }

  @Test("doctor finds nothing wrong with the package, and what is taken out of it", .timeLimit(.minutes(20)))
  func doctor() async throws {
    let node = try await GatedNode.boot(packages: ["needrestart"]).node
    _ = try await node.run("apt-gate", "sync", "--quiet")
    let well = try await node.run("apt-gate", "doctor")
    #expect(well.status == 0, "\(well.output)\(well.errors)")
    for (spoil, finding, mend) in Self.damages {
      try await node.shell(spoil)
      let outcome = try await node.run("apt-gate", "doctor")
      #expect(outcome.status == 3, "\(spoil): \(outcome.output)")
      let words = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains(finding), "\(spoil): \(outcome.output)")
      try await node.shell(mend)
    }
    let again = try await node.run("apt-gate", "doctor")
    #expect(again.status == 0, "\(again.output)")
  }

  private static let hooks = "/etc/apt/apt.conf.d/99zz-apt-gate"
  private static let dropIns = "/run/systemd/system/apt-daily-upgrade.service.d"

  private static let damages = [
    ("mv \(hooks) /root/hooks", "apt does not call `apt-gate hook pre-install`", "mv /root/hooks \(hooks)"),
    (
      "mv \(hooks) /etc/apt/apt.conf.d/10apt-gate", "needrestart runs after apt-gate's last hook",
      "mv /etc/apt/apt.conf.d/10apt-gate \(hooks)"
    ),
    (
      "mkdir -p \(dropIns); ln -s /dev/null \(dropIns)/apt-gate.conf; systemctl daemon-reload",
      "the drop-in of apt-daily-upgrade.service is not in force",
      "rm \(dropIns)/apt-gate.conf; systemctl daemon-reload"
    ),
    (
      "mkdir -p \(dropIns); printf '[Service]\\nTimeoutStartSec=60\\n' > \(dropIns)/lab.conf; systemctl daemon-reload",
      "apt-daily-upgrade.service has `TimeoutStartSec=60`", "rm \(dropIns)/lab.conf; systemctl daemon-reload"
    ),
    (
      "systemctl disable --quiet apt-gate-sweep.service", "apt-gate-sweep.service is not enabled",
      "systemctl enable --quiet apt-gate-sweep.service"
    ),
    ("chmod 644 /var/lib/apt-gate/ledger/node.key", "is open to others", "chmod 600 /var/lib/apt-gate/ledger/node.key"),
  ]
}
