import Foundation
import Glibc
import NetworkState
@testable import NetworkSystem
import Testing

/// The guard's state machine fed with what a real kernel announces.
@Suite(.enabled(if: TestNamespace.isPossible, "needs root and network namespaces"))
struct GuardNotificationTests {
  /// `RTNLGRP_...`: IPv4 route and rule, IPv6 route and rule, nexthop.
  private static let groups: [UInt32] = [7, 8, 11, 19, 32]

  private func read(_ namespace: TestNamespace) throws -> NetworkSnapshot {
    try SnapshotReader(namespace: namespace.path).read(by: .after(.seconds(20))).snapshot
  }

  /// Every message that arrives within half a second of the one before.
  private func messages(_ socket: NetlinkSocket) -> [[UInt8]] {
    var messages: [[UInt8]] = []
    while let datagram = try? socket.receive(by: .after(.milliseconds(500)), { Array($0) }) {
      messages.append(datagram)
    }
    return messages
  }

  private static let deletions = [
    "route del 198.19.1.0/24", "route del 198.19.2.0/24 table 200", "route del blackhole 198.19.3.0/24",
    "route del 198.19.4.0/24", "route del 198.19.5.0/24", "rule del pref 111", "rule del pref 112",
    "-6 route del 2001:db8:2::/48", "-6 rule del pref 113", "-6 route del 2001:db8:3::/48",
  ]

  private func makeNamespace() throws -> TestNamespace {
    let namespace = try TestNamespace()
    try namespace.batch(
      SnapshotReaderTests.links + [
        "nexthop add id 5 via 198.18.0.2 dev v0", "route add 198.19.1.0/24 via 198.18.0.2 proto bird metric 5",
        "route add 198.19.2.0/24 dev v0 table 200", "route add blackhole 198.19.3.0/24",
        "route add 198.19.4.0/24 nexthop via 198.18.0.4 weight 3 nexthop via 198.18.2.5 dev v2",
        "route add 198.19.5.0/24 nhid 5", "rule add from 198.19.0.0/16 lookup 200 pref 111",
        "rule add fwmark 1/0xff iif nosuch lookup 7 pref 112", "-6 rule add from 2001:db8::/32 lookup 200 pref 113",
        "route add 2001:db8:2::/48 via 2001:db8::2 pref high expires 600",
        "route add 2001:db8:3::/48 via fe80::2 dev v0 mtu 1300",
      ])
    try namespace.settle()
    return namespace
  }

  @Test func everyDeletionIsRecognisedAndUndone() throws {
    let namespace = try makeNamespace()
    let watch = try NetlinkSocket(namespace: namespace.path)
    try watch.join(Self.groups)
    let baseline = try read(namespace)
    try namespace.batch(Self.deletions)
    let announced = messages(watch)
    let ports = announced.compactMap { $0.withUnsafeBytes { NetlinkHeader($0)?.port } }
    #expect(!ports.contains(0))
    var machine = GuardStateMachine(
      baseline: baseline, owners: Dictionary(ports.map { ($0, .networkd) }) { first, _ in first })
    let socket = try NetlinkSocket(namespace: namespace.path)
    var count = 0
    for message in announced {
      guard case .putBack(let requests) = message.withUnsafeBytes({ machine.notified($0, at: 0) }) else { continue }
      for request in requests {
        let answer = try socket.request(try request.message, by: .after(.seconds(5)))
        #expect(answer.errno == 0, "\(answer.message ?? String(answer.errno))")
        count += 1
      }
    }
    #expect(count == Self.deletions.count)
    for message in messages(watch) {
      #expect(message.withUnsafeBytes { machine.notified($0, at: 7) } == .nothing)
    }
    #expect(machine.events.filter { $0.kind == .returned }.count == count)
    #expect(Drift(from: baseline, to: try read(namespace)).isEmpty)
  }

  @Test func whatTheKernelTakesWithALinkHasNoPort() throws {
    let namespace = try makeNamespace()
    let watch = try NetlinkSocket(namespace: namespace.path)
    try watch.join(Self.groups)
    let baseline = try read(namespace)
    var machine = GuardStateMachine(baseline: baseline, owners: [1: .networkd])
    try namespace.ip("link", "set", "v0", "down")
    for message in messages(watch) {
      #expect(message.withUnsafeBytes { machine.notified($0, at: 1) } == .nothing)
    }
    #expect(machine.events.allSatisfy { $0.kind == .takenByKernel || $0.kind == .leftToOthers })
    // IPv4 routes go without a word; the plan at the end has them all, and the link first.
    let rest = machine.ended(try read(namespace), at: 2)
    #expect(rest.first?.kind == .link)
    #expect(rest.contains { $0.kind == .route && $0.request.fixed.kind == .route })
  }
}
