import NetworkState
import Testing

@Suite struct ObjectFilterTests {
  /// Each table's objects together are all routes and rules, and each says that it is of the table.
  @Test func tablesDivideRoutesAndRules() throws {
    let snapshot = try Fixture.snapshot()
    for kind in [NetworkObjectKind.route, .rule] {
      let tables = Set((0..<snapshot[kind].count).compactMap { snapshot.placement(of: kind, at: $0)?.table })
      let places = tables.flatMap { ObjectFilter(tables: [$0]).places(of: kind, in: snapshot) }
      #expect(tables.count > 1 && places.sorted() == Array(0..<snapshot[kind].count))
    }
    #expect(ObjectFilter(tables: [254]).places(of: .link, in: snapshot).isEmpty)
  }

  @Test func familiesDivideWhatHasOne() throws {
    let snapshot = try Fixture.snapshot()
    for kind in [NetworkObjectKind.route, .rule, .address, .neighbour] {
      let places = AddressFamily.allCases.map { ObjectFilter(families: [$0]).places(of: kind, in: snapshot) }
      #expect(places.flatMap(\.self).sorted() == Array(0..<snapshot[kind].count))
      #expect(places.allSatisfy { !$0.isEmpty })
    }
  }

  /// In the words of `ip`: what a filter lets through names the link, and what it does not, does not.
  @Test(arguments: ["v0", "v2", "br0", "uplink-with-a-long-name"]) func links(name: String) throws {
    let snapshot = try Fixture.snapshot()
    let link = try #require(snapshot.links.first { $0.name == name || $0.alternativeNames.contains(name) })
    let describer = ObjectDescriber(of: snapshot)
    for kind in [NetworkObjectKind.route, .address, .neighbour] {
      let places = Set(ObjectFilter(interfaces: [name]).places(of: kind, in: snapshot))
      for place in 0..<snapshot[kind].count {
        let object = try describer.describeAlone(snapshot[kind][place])
        // A route through a nexthop object names its link only in the object.
        if object["nhid"] != nil { continue }
        let words = object.line(of: kind).split(separator: " ")
        let isNamed = zip(words, words.dropFirst()).contains { $0 == "dev" && $1 == link.name }
        #expect(places.contains(place) == isNamed, "\(object.line(of: kind))")
      }
    }
    #expect(ObjectFilter(interfaces: [name]).places(of: .link, in: snapshot).count == 1)
  }

  @Test func propertiesCombine() throws {
    let snapshot = try Fixture.snapshot()
    let bird = RouteProtocol(rawValue: 12)
    let both = ObjectFilter(tables: [254], protocols: [bird])
    let places = both.places(of: .route, in: snapshot)
    #expect(!places.isEmpty)
    #expect(places.allSatisfy { snapshot.placement(of: .route, at: $0)?.protocol == bird })
    #expect(places.allSatisfy { snapshot.placement(of: .route, at: $0)?.table == 254 })
    #expect(ObjectFilter().places(of: .link, in: snapshot).count == snapshot[.link].count)
  }
}
