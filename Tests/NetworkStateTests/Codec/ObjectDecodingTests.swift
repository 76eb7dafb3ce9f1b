import NetworkState
import Testing

/// What the messages of the `rich` fixture say, against the commands in its `setup.sh`.
@Suite struct ObjectDecodingTests {
  private func route(_ destination: String) throws -> Route {
    var found: Route?
    try Fixture.snapshot().forEachRoute { route, _ in
      if route.destination == IPPrefix(destination) { found = found ?? route }
    }
    return try #require(found)
  }

  @Test func defaultRoute() throws {
    let route = try route("0.0.0.0/0")
    #expect(route.gateway == IPAddress("198.18.0.2"))
    #expect(route.protocol == .static)
    #expect(route.priority == 100)
    #expect(route.table == RouteTable.main)
    #expect(route.outgoingInterface == 3)
  }

  @Test func routeOfAHighTable() throws {
    #expect(try route("198.19.5.0/24").table == 70000)
    #expect(try route("198.19.5.0/24").preferredSource == IPAddress("198.18.0.1"))
  }

  @Test func multipathAndNexthop() throws {
    #expect(try route("198.19.4.0/24").interfaces == [3, 5])
    #expect(try route("198.19.0.0/24").nexthopID == 5)
    #expect(try route("198.19.7.0/24").gateway == IPAddress("2001:db8::3"))
    #expect(try route("198.19.9.0/24").type == .blackhole)
    #expect(try route("198.19.9.0/24").protocol.rawValue == 99)
    #expect(try route("2001:db8:7::/48").source == IPPrefix("2001:db8:8::/48"))
  }

  @Test func rules() throws {
    let rules = try Fixture.snapshot().rules
    let marked = try #require(rules.first { $0.priority == 9 })
    #expect(marked.mark == 0x200 && marked.table == 2004)
    let mail = try #require(rules.first { $0.priority == 150 && $0.family == .ipv4 })
    #expect(mail.protocol.rawValue == 12)
    #expect(rules.contains { $0.isL3MasterDevice && $0.priority == 1000 })
    #expect(rules.first { $0.priority == 160 }?.incomingInterface == "nosuch")
  }

  @Test func nexthops() throws {
    let nexthops = try Fixture.snapshot().nexthops
    #expect(nexthops.map(\.id) == [5, 6, 7, 8, 9, 20, 21])
    #expect(nexthops.first { $0.id == 20 }?.members == [5, 6])
    #expect(nexthops.first { $0.id == 7 }?.isBlackhole == true)
  }

  @Test func addresses() throws {
    let addresses = try Fixture.snapshot().addresses
    let peered = try #require(addresses.first { $0.address == IPAddress("198.18.1.1") })
    #expect(peered.peer == IPAddress("198.18.1.2"))
    let leased = try #require(addresses.first { $0.address == IPAddress("198.18.2.1") })
    #expect(leased.validLifetime != nil && leased.preferredLifetime != nil)
    #expect(addresses.first { $0.address == IPAddress("198.18.0.1") }?.validLifetime == nil)
  }

  @Test func linksAndNeighbours() throws {
    let snapshot = try Fixture.snapshot()
    let uplink = try #require(snapshot.links.first { $0.name == "v0" })
    #expect(uplink.kind == "veth" && uplink.isUp && uplink.alternativeNames == ["uplink-with-a-long-name"])
    #expect(snapshot.links.first { $0.name == "v3" }?.master == 6)
    let fixed = snapshot.neighbours.filter { $0.state & Neighbour.permanentState != 0 }
    #expect(Set(fixed.map(\.address.description)) == ["198.18.0.9", "198.18.0.10", "2001:db8::9"])
  }
}
