import Foundation
import Testing

/// `systemctl restart systemd-networkd` on a booted node, with and without `apt-gate network guard`.
@Suite("the guard on a booted node", LabRequirements.trait, .serialized)
struct NetworkGuardTests {
  /// How networkd treats its own address, which the routes hang on.
  enum Variant: String, CaseIterable, CustomTestStringConvertible {
    /// 252 takes its static address away and puts it back; see docs/ARCHITECTURE.md.
    case addressGoes = "KeepConfiguration=no"
    case addressStays = "KeepConfiguration=static"
    /// No gateway: without it the address is gone for long, if the guard does not put it back.
    case addressStaysAndMore = "KeepConfiguration=static and many routes"

    var testDescription: String { rawValue }
    var option: String { self == .addressGoes ? "KeepConfiguration=no" : "KeepConfiguration=static" }
    var routes: Int { self == .addressStaysAndMore ? 500 : 20 }
  }

  /// What a CNI plugin leaves on a node: routes in `main` and in a table of its own, and rules.
  private static func foreign(_ count: Int) -> String {
    """
    ip route add 198.19.0.0/16 via 198.18.0.1 dev eth0 proto 80
    ip route add 198.19.0.0/16 via 198.18.0.1 dev eth0 table 200 proto 80
    ip rule add to 198.19.0.0/16 table 200 pref 111
    ip rule add from 198.18.100.0/24 table 200 pref 112
    ip nexthop add id 77 via 198.18.0.1 dev eth0 proto 80
    ip route add 198.18.200.0/24 nhid 77 proto 80
    for i in $(seq \(count)); do echo "route add 198.18.$((100 + i / 250)).$((i % 250))/32 via 198.18.0.1 table 200 proto 80"
    done | ip -batch -
    """
  }

  private static let state = "ip -4 route show table all proto 80 | sort; ip rule show; ip nexthop"
  private static let program = "/root/apt-gate"

  private func boot(_ variant: Variant) async throws -> BootedNode {
    let drop = "/etc/systemd/network/10-eth0.network.d/keep.conf"
    let node = try await BootedNode.boot(files: [drop: "[Network]\n\(variant.option)\n"])
    try await node.install(program: LabFolder.program, to: Self.program)
    try await node.shell(Self.foreign(variant.routes))
    return node
  }

  @Test("no packet is lost", .timeLimit(.minutes(10)), arguments: Variant.allCases)
  func guarded(variant: Variant) async throws {
    let node = try await boot(variant)
    let before = try await node.shell(Self.state)
    let ping = try await node.ping(
      while: "\(Self.program) network guard --report /root/report -- systemctl restart systemd-networkd")
    let after = try await node.shell(Self.state)
    let report = try JSONDecoder().decode(NodeGuardReport.self, from: Data(node.read("/root/report").utf8))
    print(
      """
      guard, \(variant.rawValue): \(ping.received) of \(ping.sent) pings came back; gaps of \(report.gaps.count) objects: \
      median \(report.gaps.medianMicroseconds ?? -1) us, worst \(report.gaps.worstMicroseconds ?? -1) us \
      (busy machine? load \(Self.load)); \(report.notes)
      """)
    if report.gaps.count <= 40 { print(report.gapTable) }
    #expect(before == after)
    #expect(report.complete && report.settled && report.exitStatus == 0 && report.missing.isEmpty)
    // What is proven: networkd really took things away, and the node's own address among them or not.
    #expect(report.count("putBack") > variant.routes)
    #expect(report.events.contains { $0.object?.local == "198.18.0.2" } == (variant == .addressGoes))
    #expect(ping.sent > 50 && ping.sent - ping.received <= LostPackets.allowed(of: ping.sent))
  }

  @Test("without the guard everything is lost for good", .timeLimit(.minutes(10)))
  func unguarded() async throws {
    let node = try await boot(.addressGoes)
    let ping = try await node.ping(while: "systemctl restart systemd-networkd; sleep 1")
    let after = try await node.shell(Self.state)
    print("no guard: \(ping.received) of \(ping.sent) pings came back")
    #expect(ping.received < ping.sent - 50)
    #expect(!after.contains("198.19.0.0/16"))
    #expect(!after.contains("111:"))
  }

  /// What an administrator deletes under the guard stays deleted.
  @Test("others' deletions stay", .timeLimit(.minutes(10)))
  func others() async throws {
    let node = try await boot(.addressGoes)
    let script = "ip rule del pref 112; ip route del 198.18.100.7/32 table 200; systemctl restart systemd-networkd"
    try await node.shell("\(Self.program) network guard --report /root/report -- sh -c '\(script)'")
    let report = try JSONDecoder().decode(NodeGuardReport.self, from: Data(node.read("/root/report").utf8))
    let after = try await node.shell(Self.state)
    #expect(report.count("leftToOthers") == 2)
    #expect(!after.contains("112:") && !after.contains("198.18.100.7 ") && after.contains("198.18.100.8 "))
  }

  /// A reboot forgets the foreign routes and keeps files: the node is one that can be booted again.
  @Test("a node reboots", .timeLimit(.minutes(10)))
  func reboots() async throws {
    let node = try await boot(.addressStays)
    try await node.shell("echo here > /root/kept; systemctl is-active systemd-networkd")
    try await node.reboot()
    #expect(try node.read("/root/kept") == "here\n")
    #expect(try await !node.shell(Self.state).contains("198.19.0.0/16"))
  }

  private static var load: String {
    (try? String(contentsOfFile: "/proc/loadavg", encoding: .utf8))?.split(separator: " ").first.map(String.init) ?? "?"
  }
}
