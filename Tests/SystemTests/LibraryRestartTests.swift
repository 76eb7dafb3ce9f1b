import Foundation
import Testing

/// An update of a library that networkd has mapped, with needrestart told to restart by itself what uses old libraries.
@Suite("a library's update and needrestart", LabRequirements.trait, .serialized)
struct LibraryRestartTests {
  /// needrestart's automatic mode, as Ubuntu has it since 24.04 for unattended runs.
  private static let automatic = "$nrconf{restart} = 'a';\n"

  /// Who brings the update in.
  enum Way: String, CaseIterable, Sendable {
    case person = "apt-get -y install libssl3"
    /// It reads apt's configuration twice, so that needrestart is called again once the shield is down. needrestart then
    /// has forgotten that anything was unpacked.
    case unattended = "unattended-upgrade -v"
  }

  @Test("networkd is not restarted unguarded", .timeLimit(.minutes(20)), arguments: Way.allCases)
  func gated(_ way: Way) async throws {
    let gated = try await Self.boot(isGated: true)
    let node = gated.node
    let before = try await node.shell(GatedNode.state)
    let start = try await gated.networkdStart()
    let check = try await node.run("apt-gate", "explain", "libssl3")
    #expect(check.output.contains("systemd-networkd.service"), "\(check.output)")
    let ping = try await node.ping(while: Self.upgrade(way), limit: 600)
    let said = try node.read("/tmp/upgrade")
    print("gated: \(ping.received) of \(ping.sent) pings came back\n\(said.suffix(1500))")
    #expect(said.contains("ended with 0"), "\(said)")
    #expect(try await gated.networkdStart() == start, "networkd was restarted: \(said)")
    #expect(try await node.shell(GatedNode.state) == before)
    #expect(ping.sent > 100 && ping.sent - ping.received <= LostPackets.allowed(of: ping.sent))
    #expect(try await gated.leftovers() == "")
    let held = try await node.run("apt-gate", "held")
    let isApplied = try await gated.version(of: "libssl3").hasSuffix("+lab1")
    // Shielded, it is applied and the restart is owed; held, it is not applied and the hold says so.
    #expect(held.output.contains(isApplied ? "systemd-networkd.service" : "openssl"), "\(held.output)")
    #expect(isApplied, "the default policies shield: \(held.output)")
    if isApplied { try await expectOldLibrary(node) }
    #expect(try await node.run("apt-gate", "ledger", "verify").status == 0)
  }

  /// The comparison without which the test above would prove nothing.
  @Test("needrestart restarts networkd where no gate is", .timeLimit(.minutes(20)))
  func ungated() async throws {
    let ungated = try await Self.boot(isGated: false)
    let start = try await ungated.networkdStart()
    try await ungated.node.shell(Self.upgrade(.person), limit: 600)
    let said = try ungated.node.read("/tmp/upgrade")
    #expect(said.contains("ended with 0"), "\(said)")
    #expect(try await ungated.networkdStart() != start, "\(said)")
    #expect(!(try await ungated.node.shell(GatedNode.state)).contains("198.19.0.0/16"))
  }

  private static func upgrade(_ way: Way) -> String {
    "status=0; \(way.rawValue) > /tmp/upgrade 2>&1 || status=$?; echo \"ended with $status\" >> /tmp/upgrade"
  }

  /// libssl3 is pending: Debian's own .deb of the version that is installed, called by a higher version.
  private static func boot(isGated: Bool) async throws -> GatedNode {
    let gated = try await GatedNode.boot(isGated: isGated, packages: ["needrestart"])
    let node = gated.node
    try node.write("/etc/needrestart/conf.d/lab.conf", automatic)
    let maps = try await node.shell("cat /proc/$(systemctl show -P MainPID systemd-networkd.service)/maps")
    try #require(maps.contains("libcrypto.so.3"), "networkd does not map libcrypto: \(maps)")
    let version = try await gated.version(of: "libssl3")
    let debs = try await node.shell("ls /var/cache/apt/archives/libssl3_*.deb")
    let deb = try #require(debs.split(separator: "\n").first.map(String.init))
    try await node.shell("apt-mark -q hold systemd udev libsystemd0 libudev1 libsystemd-shared systemd-sysv")
    try await LocalRepository(node: node).add(copyOf: deb, from: version, to: version + "+lab1")
    return gated
  }

  /// The process runs on with the file that was replaced: that is what its owed restart is about.
  private func expectOldLibrary(_ node: BootedNode) async throws {
    let maps = try await node.shell("grep libcrypto /proc/$(systemctl show -P MainPID systemd-networkd.service)/maps")
    #expect(maps.contains("(deleted)"), "\(maps)")
  }
}
