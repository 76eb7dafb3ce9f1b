import GateModel
import NetworkState
import TestSupport
import Testing

@Suite struct DriftTests {
  private typealias Make = RouteMaker

  @Test func aSnapshotDoesNotDifferFromItself() throws {
    let snapshot = try Fixture.snapshot()
    #expect(Drift(from: snapshot, to: snapshot).isEmpty)
  }

  @Test func addedRemovedChanged() throws {
    let before = try NetworkSnapshot([
      Make.route("198.19.0.0/24", dev: 2), Make.route("198.19.1.0/24", dev: 2), Make.route("198.19.2.0/24", dev: 2),
      Make.rule(100), Make.rule(200),
    ])
    let after = try NetworkSnapshot([
      Make.route("198.19.0.0/24", dev: 3), Make.route("198.19.2.0/24", dev: 2), Make.route("198.19.9.0/24", dev: 2),
      Make.rule(200, table: 7), Make.rule(50),
    ])
    let drift = Drift(from: before, to: after)
    #expect(
      drift.differences == [
        .init(kind: .route, before: 0, after: 0), .init(kind: .route, before: 1, after: nil),
        .init(kind: .route, before: nil, after: 2), .init(kind: .rule, before: 0, after: nil),
        .init(kind: .rule, before: 1, after: 0), .init(kind: .rule, before: nil, after: 1),
      ])
    #expect(drift.count(.route, .changed) == 1 && drift.count(.rule, .added) == 1)
  }

  @Test func keysAreTheKernels() throws {
    let one = try Make.route("198.19.0.0/24", dev: 2)
    for other in [
      try Make.route("198.19.0.0/24", table: 99, dev: 2), try Make.route("198.19.0.0/24", dev: 2, metric: 5),
      try Make.route("198.19.0.0/25", dev: 2), try Make.route("198.19.0.0/24", dev: 2, tos: 16),
    ] {
      let drift = try Drift(from: NetworkSnapshot([one]), to: NetworkSnapshot([other]))
      #expect(drift.differences.map(\.change) == [.removed, .added])
    }
  }

  @Test func timesAreNoDrift() throws {
    let before = try NetworkSnapshot([
      Make.route("2001:db8::/64", dev: 2, expires: 500), Make.address("198.18.0.1/24", dev: 2, valid: 3600),
    ])
    let after = try NetworkSnapshot([
      Make.route("2001:db8::/64", dev: 2, expires: 100), Make.address("198.18.0.1/24", dev: 2, valid: 60),
    ])
    #expect(Drift(from: before, to: after).isEmpty)
    let forever = try NetworkSnapshot([
      Make.route("2001:db8::/64", dev: 2, expires: 100), Make.address("198.18.0.1/24", dev: 2),
    ])
    #expect(Drift(from: after, to: forever).differences.map(\.kind) == [.address])
  }

  @Test func aChangedNexthopObjectIsOneDifference() throws {
    let before = try NetworkSnapshot([Make.nexthop(5, dev: 2), Make.route("198.19.0.0/24", dev: 2, nexthop: 5)])
    let after = try NetworkSnapshot([Make.nexthop(5, dev: 3), Make.route("198.19.0.0/24", dev: 3, nexthop: 5)])
    #expect(Drift(from: before, to: after).differences.map(\.kind) == [.nexthop])
  }

  @Test func expectedChurnIsLeftOutAndCounted() throws {
    let links = [Make.link(2, "eth0"), Make.link(3, "veth1")]
    let base = try NetworkSnapshot(links)
    let more = try NetworkSnapshot(
      links + [
        Make.route("198.19.0.0/24", dev: 3), Make.route("198.19.1.0/24", dev: 2),
        Make.route("198.19.2.0/24", protocol: RouteProtocol(rawValue: 12), dev: 2),
        Make.route("198.18.77.0/24", dev: 2), Make.link(4, "veth2"), Make.rule(5, iif: "veth1"), Make.rule(6),
      ])
    let expected = ExpectedChurn(
      interfaces: [Glob("veth*")], protocols: [RouteProtocol(rawValue: 12)],
      prefixes: [try #require(IPPrefix("198.18.0.0/16"))])
    let drift = Drift(from: base, to: more, expected: expected)
    #expect(drift.differences.count == 2 && drift.expectedCount == 5)
    #expect(drift.count(.route, .added) == 1 && drift.count(.rule, .added) == 1)
    #expect(Drift(from: more, to: base, expected: expected).expectedCount == 5)
  }

  /// Law: whatever the order, the drift between two random sets of routes is what set arithmetic says.
  @Test func agreesWithSetArithmeticInAnyOrder() throws {
    var seed = Seed("drift as sets")
    for _ in 0..<40 {
      let pool = try (0..<200).map { try Make.route("198.19.\($0).0/24", dev: 2, expires: UInt32(seed.below(99))) }
      let first = Set((0..<seed.below(150)).map { _ in seed.below(pool.count) })
      let second = Set((0..<seed.below(150)).map { _ in seed.below(pool.count) })
      let before = try NetworkSnapshot(first.shuffled(using: &seed).map { pool[$0] })
      let after = try NetworkSnapshot(second.shuffled(using: &seed).map { pool[$0] })
      let drift = Drift(from: before, to: after)
      #expect(drift.count(.route, .removed) == first.subtracting(second).count)
      #expect(drift.count(.route, .added) == second.subtracting(first).count)
      #expect(drift.count(.route, .changed) == 0)
    }
  }
}
