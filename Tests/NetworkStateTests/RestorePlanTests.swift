import NetworkState
import Testing

@Suite struct RestorePlanTests {
  private typealias Make = RouteMaker

  @Test func orderOfDependence() throws {
    let link = Make.link(2, "eth0")
    let wanted = try NetworkSnapshot([
      link, Make.rule(100), Make.rule(32766, protocol: .kernel), Make.route("198.19.1.0/24", dev: 2, via: "198.18.0.2"),
      Make.route("198.19.2.0/24", dev: 2), Make.nexthop(20, members: [5]), Make.nexthop(5, dev: 2),
      Make.address("198.18.0.1/24", dev: 2), Make.neighbour("198.18.0.9", dev: 2),
    ])
    let down = try NetworkSnapshot([Make.link(2, "eth0", flags: 0x1002)])
    let plan = RestorePlan(from: down, to: wanted)
    #expect(
      plan.steps.map { "\($0.kind) \($0.place)" } == [
        "link 0", "address 0", "neighbour 0", "rule 1", "nexthop 1", "nexthop 0", "route 1", "route 0", "rule 0",
      ])
    #expect(RestorePlan(from: wanted, to: wanted).steps.isEmpty)
  }

  @Test func nothingIsDeletedOrChanged() throws {
    let wanted = try NetworkSnapshot([Make.link(2, "eth0"), Make.route("198.19.0.0/24", dev: 2, via: "198.18.0.2")])
    let current = try NetworkSnapshot([
      Make.link(2, "eth0"), Make.route("198.19.0.0/24", dev: 2, via: "198.18.0.3"), Make.route("198.19.9.0/24", dev: 2),
    ])
    let plan = RestorePlan(from: current, to: wanted)
    #expect(plan.steps.isEmpty && plan.leftAlone == [.init(kind: .route, before: 0, after: 0)])
  }

  @Test func objectsOfALinkThatIsAnotherNowAreLeftAlone() throws {
    let wanted = try NetworkSnapshot([Make.link(2, "eth0"), Make.route("198.19.0.0/24", dev: 2)])
    let renamed = try NetworkSnapshot([Make.link(2, "wlan0")])
    #expect(RestorePlan(from: renamed, to: wanted).steps.isEmpty)
    #expect(RestorePlan(from: renamed, to: wanted).leftAlone.contains { $0.kind == .route })
  }

  @Test func lifetimesRunOn() throws {
    let link = Make.link(2, "eth0")
    let wanted = try NetworkSnapshot([
      link, Make.address("198.18.0.1/24", dev: 2, valid: 100), Make.address("198.18.0.2/24", dev: 2, valid: 20),
      Make.address("198.18.0.3/24", dev: 2),
    ])
    let plan = try RestorePlan(from: NetworkSnapshot([link]), to: wanted, elapsed: 30)
    let lifetimes = plan.steps.map { step in step.request.attributes.last?.value }
    #expect(lifetimes == [.words([70, 70, 0, 0]), .words([.max, .max, 0, 0])])
  }

  @Test func requestsAreNotDumps() throws {
    let link = Make.link(2, "eth0")
    var dead = try Make.route("2001:db8::/64", dev: 2, expires: 60_000)
    if case .route(var header) = dead.fixed {
      header.flags = 0x15
      dead.fixed = .route(header)
    }
    let wanted = try NetworkSnapshot([link, dead, Make.route("198.19.0.0/24", dev: 2, via: "198.18.0.2", nexthop: 7)])
    let requests = try RestorePlan(from: NetworkSnapshot([link]), to: wanted, elapsed: 100).steps.map(\.request)
    let types = requests.map { Set($0.attributes.map(\.type)) }
    let expires = RouteAttribute.expires.rawValue
    let cache = RouteAttribute.cacheInfo.rawValue
    let ipv6 = try #require(requests.first { $0.attributes.contains { $0.type == expires } })
    #expect(ipv6.attributes.last?.value == .uint32(500))
    #expect(types.allSatisfy { !$0.contains(cache) })
    if case .route(let header) = ipv6.fixed { #expect(header.flags == 4) }
    let byObject = try #require(types.first { $0.contains(RouteAttribute.nexthopID.rawValue) })
    #expect(byObject.isDisjoint(with: [RouteAttribute.gateway.rawValue, RouteAttribute.outgoingInterface.rawValue]))
  }

  @Test func anExactPlanDeletesInTheOppositeOrder() throws {
    let link = Make.link(2, "eth0")
    let wanted = try NetworkSnapshot([
      link, Make.route("198.19.1.0/24", dev: 2, via: "198.18.0.2"), Make.rule(100, table: 7), Make.nexthop(5, dev: 2),
    ])
    let current = try NetworkSnapshot([
      link, Make.link(3, "veth1"), Make.address("198.18.0.1/24", dev: 2), Make.address("fe80::1/64", dev: 2),
      Make.neighbour("198.18.0.9", dev: 2), Make.nexthop(5, dev: 2, protocol: .static), Make.nexthop(6, dev: 2),
      Make.nexthop(20, members: [6]), Make.route("198.19.1.0/24", dev: 2, via: "198.18.0.3"),
      Make.route("198.19.2.0/24", dev: 2), Make.route("198.18.0.0/24", protocol: .kernel, dev: 2),
      Make.route("198.19.3.0/24", dev: 3), Make.rule(100, table: 8), Make.rule(200),
    ])
    let plan = RestorePlan(from: current, to: wanted, exact: true)
    #expect(
      plan.steps.map { "\($0.action) \($0.kind) \($0.place)" } == [
        "delete rule 0", "delete rule 1", "replace nexthop 0", "replace route 0", "add rule 0", "delete route 1",
        "delete nexthop 2", "delete nexthop 1", "delete neighbour 0", "delete address 0",
      ])
    // Links, and what is on one that the snapshot does not have, stay.
    #expect(plan.leftAlone.map(\.kind) == [.link, .route])
    #expect(
      plan.steps.filter { $0.action == .delete }.allSatisfy { $0.request.type.isDeletion && $0.request.flags == 5 })
    #expect(RestorePlan(from: wanted, to: wanted, exact: true).steps.isEmpty)
  }
}
