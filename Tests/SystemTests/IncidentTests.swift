import Foundation
import Testing

/// The incident of DESIGN's first section, with and without apt-gate between unattended-upgrades and the node.
@Suite("the incident", LabRequirements.trait, .serialized)
struct IncidentTests {
  private static let upgrade = "unattended-upgrade -v > /tmp/upgrade 2>&1 || echo failed >> /tmp/upgrade"

  @Test("does not happen, and the owed restart takes nothing away", .timeLimit(.minutes(20)))
  func gated() async throws {
    let gated = try await GatedNode.boot()
    let node = gated.node
    // As apt-get update would: what is held, such as the kernel, is kept out of the run.
    #expect([0, 2].contains(try await node.run("apt-gate", "sync", "--quiet").status))
    let before = try await node.shell(GatedNode.state)
    let start = try await gated.networkdStart()
    let old = try await gated.version(of: "systemd")
    let ping = try await gated.node.ping(while: Self.upgrade, limit: 600)
    let said = try node.read("/tmp/upgrade")
    print("gated: \(ping.received) of \(ping.sent) pings came back\n\(said.suffix(600))")
    #expect(said.contains("All upgrades installed"), "\(said)")
    #expect(try await gated.version(of: "systemd") != old)
    #expect(try await gated.networkdStart() == start, "networkd was restarted")
    #expect(try await node.shell(GatedNode.state) == before)
    #expect(ping.sent > 100 && ping.sent - ping.received <= LostPackets.allowed(of: ping.sent))
    #expect(said.contains("apt-gate restart systemd-networkd.service"), "\(said)")
    #expect(try await gated.leftovers() == "")
    #expect(try await node.run("apt-gate", "ledger", "verify").status == 0)
    try await settle(gated, before, start)
  }

  private func settle(_ gated: GatedNode, _ before: String, _ start: String) async throws {
    let ping = try await gated.node.ping(
      while: "apt-gate restart systemd-networkd.service --json > /tmp/restart", limit: 600)
    let report = try gated.node.read("/tmp/restart")
    print("restart: \(ping.received) of \(ping.sent) pings came back\n\(report)")
    #expect(report.contains("\"outcome\": \"done\""))
    #expect(try await gated.networkdStart() != start)
    #expect(try await gated.node.shell(GatedNode.state) == before)
    #expect(ping.sent - ping.received <= LostPackets.allowed(of: ping.sent))
    let again = try await gated.node.run("apt-gate", "restart", "systemd-networkd.service")
    #expect(again.status == 1 && again.errors.contains("no restart"), "\(again)")
  }

  @Test("happens without apt-gate", .timeLimit(.minutes(20)))
  func ungated() async throws {
    let ungated = try await GatedNode.boot(isGated: false)
    let ping = try await ungated.node.ping(while: Self.upgrade, limit: 600)
    print("not gated: \(ping.received) of \(ping.sent) pings came back")
    #expect(ping.received < ping.sent - 50)
    let after = try await ungated.node.shell(GatedNode.state)
    #expect(!after.contains("198.19.0.0/16"))
  }

  /// A hold that apt's pins do not see: a version that a person names.
  @Test("what is held is vetoed in words that help", .timeLimit(.minutes(20)))
  func vetoed() async throws {
    let gated = try await GatedNode.boot()
    let node = gated.node
    try node.write(
      "/etc/apt-gate/policies/hold-systemd/policy.yaml",
      """
      apiVersion: apt-gate/v1
      name: hold-systemd
      gated: [{source: systemd}]
      rules:
        - id: no-systemd
          match: {source: systemd}
          effect: {hold: {maximum: 30d, escalate: ["@security"]}}
          message: systemd waits for a test

      """)
    let old = try await gated.version(of: "systemd")
    let outcome = try await node.run("sh", "-c", "apt-get -y install systemd libsystemd-shared systemd-sysv 2>&1")
    #expect(outcome.status == 100)
    for words in ["no-systemd", "systemd waits for a test", "apt-gate approve systemd"] {
      #expect(outcome.output.contains(words), "\(outcome.output)")
    }
    #expect(try await gated.version(of: "systemd") == old)
    #expect(try await gated.leftovers() == "")
    #expect(try await node.shell("dpkg --audit") == "")
  }

  /// The next run needs no person but for dpkg's own advice: where dpkg died while it unpacked, that is to install the package
  /// again.
  private static let recovery = """
    half=$(dpkg-query -W -f '${Package} ${db:Status-Status}\\n' | awk '$2 == "half-installed" { print $1 }')
    dpkg --configure -a
    test -z "$half" || apt-get -y -f --reinstall install $half
    apt-get -y -f install; apt-get -y install systemd 2>&1
    """

  /// apt dies with all of its own while dpkg is at work: the guard finishes alone, and no shield outlives it.
  @Test("apt is killed in the middle", .timeLimit(.minutes(20)), arguments: ["apt-get", "dpkg"])
  func killed(victim: String) async throws {
    let gated = try await GatedNode.boot()
    let node = gated.node
    let before = try await node.shell(GatedNode.state)
    let start = try await gated.networkdStart()
    let ping = try await gated.node.ping(
      while: """
        apt-get -y install systemd libsystemd-shared systemd-sysv > /tmp/upgrade 2>&1 & apt=$!
        for i in $(seq 600); do pgrep -x dpkg > /dev/null && break; sleep 0.05; done
        sleep 0.3
        pkill -KILL -x \(victim) || true
        wait $apt || true
        for i in $(seq 300); do
          pgrep -x apt-gate > /dev/null || pgrep -x dpkg > /dev/null || break; sleep 0.1
        done
        """, limit: 600)
    print("\(victim) killed: \(ping.received) of \(ping.sent) pings came back")
    #expect(try await gated.leftovers() == "")
    #expect(try await node.shell(GatedNode.state) == before)
    #expect(try await gated.networkdStart() == start)
    #expect(ping.sent - ping.received <= LostPackets.allowed(of: ping.sent))
    let next = try await node.run("sh", "-c", Self.recovery, limit: 300)
    #expect(next.status == 0, "\(next.output)\(next.errors)")
    #expect(try await gated.leftovers() == "")
  }
}
