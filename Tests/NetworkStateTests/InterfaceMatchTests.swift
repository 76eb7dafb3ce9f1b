import NetworkState
import Testing

@Suite struct InterfaceMatchTests {
  /// The fixture with every link under another number.
  private func moved(_ snapshot: NetworkSnapshot) throws -> NetworkSnapshot {
    var links: [RoutingMessage] = []
    for place in 0..<snapshot[.link].count {
      var message = try snapshot[.link][place]
      guard case .link(var header) = message.fixed else { continue }
      // Some numbers change places with others.
      header.index = Int32(snapshot[.link].count) - header.index + 2
      message.fixed = .link(header)
      links.append(message)
    }
    return try NetworkSnapshot(links)
  }

  @Test func renumberingThereAndBackChangesNothing() throws {
    let fixture = try Fixture.snapshot()
    let there = try InterfaceMatch(from: fixture, to: moved(fixture)).renumbered(fixture)
    #expect(there.links.map(\.index) != fixture.links.map(\.index))
    #expect(try there.links.map(\.index) == moved(fixture).links.map(\.index))
    let match = InterfaceMatch(from: there, to: fixture)
    #expect(match.missing.isEmpty)
    let back = try match.renumbered(there)
    for kind in NetworkObjectKind.allCases {
      #expect(back[kind].count == fixture[kind].count)
      for place in 0..<back[kind].count { #expect(try back[kind][place] == fixture[kind][place]) }
    }
  }

  /// What an object says of its links by name stays the same.
  @Test func objectsKeepTheirLinksNames() throws {
    let fixture = try Fixture.snapshot()
    let there = try InterfaceMatch(from: fixture, to: moved(fixture)).renumbered(fixture)
    for kind in NetworkObjectKind.allCases where kind != .link {
      #expect(
        ObjectDescriber(of: there).describe(kind, of: there) == ObjectDescriber(of: fixture).describe(kind, of: fixture)
      )
    }
  }

  @Test func aLinkThatIsNotThereGetsNobodysNumber() throws {
    let wanted = try NetworkSnapshot([RouteMaker.link(2, "eth0"), RouteMaker.route("198.19.0.0/24", dev: 2)])
    let current = try NetworkSnapshot([RouteMaker.link(2, "wlan0")])
    let match = InterfaceMatch(from: wanted, to: current)
    #expect(match.missing.map(\.name) == ["eth0"])
    let renumbered = try match.renumbered(wanted)
    #expect(renumbered.links.map(\.index) != [2])
    let plan = RestorePlan(from: current, to: renumbered, exact: true)
    #expect(plan.steps.isEmpty && plan.leftAlone.contains { $0.kind == .route && $0.change == .removed })
  }

  @Test func numbersThatAreTheSameAreNotTouched() throws {
    let fixture = try Fixture.snapshot()
    let same = try InterfaceMatch(from: fixture, to: fixture).renumbered(fixture)
    for kind in NetworkObjectKind.allCases {
      #expect(
        (0..<same[kind].count).allSatisfy { same[kind].messageBytes(at: $0) == fixture[kind].messageBytes(at: $0) })
    }
  }
}
