import TestSupport
import Foundation
import NetworkState
import NetworkSystem
import Testing

@Suite(.enabled(if: TestNamespace.isPossible, "needs root and network namespaces"))
struct SnapshotRestorerTests {
  /// So many objects are asked for that at least ``leastObjects`` are there: some are refused or there twice.
  private static let askedObjects = 13_500
  private static let leastObjects = 10_000

  private func read(_ namespace: TestNamespace) throws -> NetworkSnapshot {
    try SnapshotReader(namespace: namespace.path).read(by: .after(.seconds(30))).snapshot
  }

  private func makeNamespace(_ foreign: [String]) throws -> TestNamespace {
    let namespace = try TestNamespace()
    try namespace.batch(SnapshotReaderTests.links)
    try namespace.batch(
      [
        "nexthop add id 5 via 198.18.0.2 dev v0 proto zebra", "nexthop add id 6 via 198.18.2.2 dev v2 onlink",
        "nexthop add id 7 blackhole", "nexthop add id 20 group 5,3/6,7", "route add 198.19.250.0/24 nhid 5",
        "nexthop add id 21 group 5/6 type resilient buckets 8 idle_timer 60 unbalanced_timer 300",
        "route add 198.19.251.0/24 nhid 20 proto bird", "route add 198.19.252.0/24 tos 0x10 via 198.18.0.3",
        "route append 198.19.252.0/24 tos 0x10 via 198.18.0.4",
        "route add 198.19.253.0/24 via 198.18.0.3 mtu lock 1300 congctl reno quickack 1 rtt 100ms",
        "neigh add 198.18.0.9 lladdr 02:00:00:00:00:09 dev v0 nud permanent",
        "neigh add 2001:db8::9 lladdr 02:00:00:00:00:0a dev v0 nud permanent router",
      ])
    try namespace.batch(foreign, force: true)
    try namespace.settle()
    return namespace
  }

  /// Takes away everything that can be taken away.
  private func flush(_ namespace: TestNamespace) throws {
    try namespace.ip("nexthop", "flush")
    // `ip rule flush` deletes while it lists and passes over some when there are many; the two for `local` stay.
    for _ in 0..<20 where try read(namespace)[.rule].count > 2 {
      for family in ["-4", "-6"] { try Command.run("ip", ["-n", namespace.name, family, "rule", "flush"]) }
    }
    for link in ["v0", "v1", "v2", "v3"] {
      try namespace.ip("addr", "flush", "dev", link)
      try namespace.ip("neigh", "flush", "dev", link, "nud", "permanent")
      try namespace.ip("link", "set", link, "down")
    }
    try namespace.ip("-4", "route", "flush", "table", "all")
    for table in ["main", "100", "200", "1000", "70000"] {
      _ = try? Command.run("ip", ["-n", namespace.name, "-6", "route", "flush", "table", table])
    }
  }

  private func restore(_ wanted: NetworkSnapshot, in namespace: TestNamespace) throws -> SnapshotRestorer.Report {
    let plan = RestorePlan(from: try read(namespace), to: wanted, elapsed: 1)
    return try SnapshotRestorer(namespace: namespace.path).restore(plan, by: .after(.seconds(60)))
  }

  /// With `besidesKernelRoutes` routes that the kernel made with an address, and leaves to expire, do not count.
  private func expectEqual(
    _ wanted: NetworkSnapshot, in namespace: TestNamespace, besidesKernelRoutes: Bool = false
  ) throws {
    try namespace.settle()
    let after = try read(namespace)
    let describer = ObjectDescriber(of: wanted)
    let encoder = JSONEncoder()
    for difference in Drift(from: wanted, to: after).differences {
      let table = difference.before == nil ? after[difference.kind] : wanted[difference.kind]
      let place = try #require(difference.before ?? difference.after)
      if besidesKernelRoutes, case .route(let header) = try table[place].fixed, header.protocol == 2 { continue }
      let object = try encoder.encode(describer.describe(table[place]))
      Issue.record("\(difference.kind) \(difference.change): \(String(decoding: object, as: UTF8.self))")
    }
  }

  @Test(arguments: 1...2)
  func tenThousandObjectsThatWereFlushedAreBack(run: Int) throws {
    var seed = Seed("restore \(run)")
    var objects = RandomObjects(seed: seed.next())
    let namespace = try makeNamespace(objects.everything(Self.askedObjects))
    let wanted = try read(namespace)
    let count = NetworkObjectKind.allCases.reduce(0) { $0 + wanted[$1].count }
    #expect(count >= Self.leastObjects)
    #expect(NetworkObjectKind.allCases.allSatisfy { wanted[$0].count >= 4 })
    try flush(namespace)
    for kind in [NetworkObjectKind.route, .nexthop, .rule, .address, .neighbour] {
      #expect(try read(namespace)[kind].count * 10 < wanted[kind].count, "\(kind)")
    }
    let report = try restore(wanted, in: namespace)
    for refusal in report.refusals.prefix(10) {
      Issue.record("refused: \(refusal.reason): \(refusal.step.kind) \(refusal.step.place)")
    }
    try expectEqual(wanted, in: namespace)
    // Idempotent: nothing is left to do.
    #expect(try restore(wanted, in: namespace).restoredCount == 0)
    print("restore: \(count) objects")
  }

  /// From one random state to another: what is not in the snapshot goes, what is there in another form is replaced.
  @Test(arguments: 1...3)
  func exactRestorationFromAnotherStateLeavesNoDifference(run: Int) throws {
    var seed = Seed("exact restore \(run)")
    var objects = RandomObjects(seed: seed.next())
    let namespace = try makeNamespace(objects.everything(600))
    let wanted = try read(namespace)
    // Every second object of the new state has the key of an old one, or is new.
    try flush(namespace)
    try namespace.batch(SnapshotReaderTests.links.filter { !$0.hasPrefix("link add") }, force: true)
    try namespace.batch(objects.everything(600), force: true)
    try namespace.settle()
    let before = try read(namespace)
    #expect(Drift(from: wanted, to: before).differences.contains { $0.change == .added })
    let restorer = SnapshotRestorer(namespace: namespace.path)
    let outcome = try restorer.bringBack(by: .after(.seconds(60))) {
      RestorePlan(from: $0, to: wanted, elapsed: 1, exact: true)
    }
    for refusal in outcome.report.refusals.prefix(10) {
      Issue.record("refused: \(refusal.reason): \(refusal.step.action) \(refusal.step.kind) \(refusal.step.place)")
    }
    try expectEqual(wanted, in: namespace, besidesKernelRoutes: true)
  }

  @Test func onlyWhatIsMissingIsTouched() throws {
    let namespace = try makeNamespace([])
    let wanted = try read(namespace)
    try namespace.ip("route", "del", "198.19.250.0/24")
    try namespace.ip("route", "replace", "198.19.253.0/24", "via", "198.18.0.77")
    try namespace.ip("route", "add", "198.19.254.0/24", "via", "198.18.0.5")
    let current = try read(namespace)
    let plan = RestorePlan(from: current, to: wanted)
    #expect(plan.steps.count == 1 && plan.leftAlone.map(\.change) == [.changed])
    let report = try SnapshotRestorer(namespace: namespace.path).restore(plan, by: .after(.seconds(10)))
    #expect(report.restoredCount == 1 && report.refusals.isEmpty)
    let drift = Drift(from: wanted, to: try read(namespace))
    #expect(drift.differences.map(\.change).sorted { $0.rawValue < $1.rawValue } == [.added, .changed])
  }

  @Test func whatTheKernelRefusesIsReportedWithItsReason() throws {
    let namespace = try makeNamespace([])
    let wanted = try read(namespace)
    try namespace.ip("route", "del", "198.19.253.0/24")
    try namespace.ip("addr", "flush", "dev", "v0")
    // Only the route, without the address that its gateway needs.
    var partial = NetworkSnapshot()
    for kind in NetworkObjectKind.allCases where kind != .address { partial[kind] = wanted[kind] }
    let report = try restore(partial, in: namespace)
    #expect(report.refusals.map(\.reason).contains("Nexthop has invalid gateway"))
  }

  @Test func linksThatBecameOthersAreLeftAlone() throws {
    let namespace = try makeNamespace([])
    let wanted = try read(namespace)
    try namespace.batch(["link del v2"])
    let plan = RestorePlan(from: try read(namespace), to: wanted)
    #expect(plan.leftAlone.contains { $0.kind == .link } && plan.leftAlone.contains { $0.kind == .address })
    #expect(!plan.steps.contains { $0.kind == .address && $0.request.fixed.kind == .link })
  }
}
