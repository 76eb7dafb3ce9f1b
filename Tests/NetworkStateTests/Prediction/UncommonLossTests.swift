import Testing

@testable import NetworkState

/// What is lost or kept for another reason than that its link drops: forms of routes and rules that networkd does not
/// find, its own leases and advertisements, state that is handed over, new links.
@Suite struct UncommonLossTests {
  private typealias Make = RouteMaker
  private static let bird = RouteProtocol(rawValue: 12)

  private func restart(
    _ version: String, keep: KeepConfiguration = [], link: UInt32 = 2,
    _ change: (inout LinkManagement) -> Void = { _ in }
  ) throws -> NetworkdRestart {
    var management = LinkManagement(file: "/etc/systemd/network/eth0.network", keep: keep)
    change(&management)
    return NetworkdRestart(
      version: try #require(NetworkdVersion(version)), managed: [link: management], managedNow: [link])
  }

  private func lost(
    _ messages: [RoutingMessage], _ restart: NetworkdRestart, _ kind: NetworkObjectKind = .route
  ) throws -> [Int] {
    try prediction(messages, restart).lost(kind).map(\.place)
  }

  private func prediction(_ messages: [RoutingMessage], _ restart: NetworkdRestart) throws -> LossPrediction {
    let links = [Make.link(1, "lo", flags: 0x49), Make.link(2, "eth0"), Make.link(3, "cni0", kind: "bridge")]
    return LossPredictor.predict(try NetworkSnapshot(links + messages), restart)
  }

  /// Up to 255 networkd asks for each leg by itself, and the kernel compares that with the first only.
  @Test(arguments: [("252.39", [0]), ("255.4", [0]), ("256.1", [0, 1]), ("257.13", [0, 1])])
  func multipathRoutesGoByTheirFirstLeg(version: String, places: [Int]) throws {
    let routes = try [Make.route("198.19.1.0/24", legs: [2, 3]), Make.route("198.19.2.0/24", legs: [3, 2])]
    #expect(try lost(routes, restart(version)) == places)
  }

  @Test(arguments: [("252.39", [Int]()), ("254.26", []), ("257.13", [0])])
  func routesWithATypeOfService(version: String, places: [Int]) throws {
    #expect(try lost([Make.route("198.19.1.0/24", dev: 2, tos: 0x10)], restart(version)) == places)
  }

  /// IPv6 routes that reject name `lo`: up to 248 that was taken for their link.
  @Test(arguments: [("247.3", [Int]()), ("248.3", []), ("249.11", [0]), ("252.39", [0])])
  func routesOfIPv6ThatReject(version: String, places: [Int]) throws {
    #expect(try lost([Make.route("2001:db8:1::/48", type: .blackhole, dev: 1)], restart(version)) == places)
  }

  /// `ff00::/8` of protocol `boot` is the kernel's own.
  @Test func theMulticastRouteStays() throws {
    let routes = try [Make.route("ff00::/8", table: 255, dev: 2), Make.route("ff05::/16", table: 255, dev: 2)]
    #expect(try lost(routes, restart("252.39")) == [1])
  }

  @Test(arguments: [("256.1", [0, 1, 2]), ("257.13", [2])])
  func dynamicKeepsAdvertisedRoutesFrom257On(version: String, places: [Int]) throws {
    let routes = try [RouteProtocol.routerAdvertisement, .redirect, Self.bird].enumerated().map { place, origin in
      try Make.route("2001:db8:\(place + 1)::/48", protocol: origin, dev: 2)
    }
    #expect(try lost(routes, restart(version, keep: [.dynamic, .dynamicOnStop])) == places)
  }

  /// 247 gives the routes of advertisements no expiry, and others use their protocol as well.
  @Test func whatOthersCallAdvertisedIsLost() throws {
    let routes = try [
      Make.route("2001:db8:1::/64", protocol: .routerAdvertisement, dev: 2, metric: 1024),
      Make.route("2001:db8:9::/64", protocol: .routerAdvertisement, dev: 2, metric: 1024),
      Make.route("2001:db8:1::/64", table: 100, protocol: .routerAdvertisement, dev: 2, metric: 1024),
      Make.route("::/0", protocol: .routerAdvertisement, dev: 2, via: "fe80::1", metric: 1024),
    ]
    let address = Make.address("2001:db8:1::5/64", dev: 2, valid: 3600)
    let own = try prediction(routes + [address], restart("247.3") { $0.usesDynamicIPv6 = true })
    #expect(own.lost(.route).map(\.place) == [1, 2])
    #expect(own.interrupted.filter { $0.kind == .route }.map(\.place) == [0, 3])
  }

  /// `FR_ACT_GOTO`, linux/fib_rules.h.
  @Test(arguments: [("252.39", [0]), ("256.1", [0]), ("257.13", [0, 1])])
  func rulesWithGoto(version: String, places: [Int]) throws {
    var jump = Make.rule(101)
    if case .rule(var header) = jump.fixed {
      header.type = 2
      jump.fixed = .rule(header)
    }
    #expect(try lost([Make.rule(100), jump], restart(version), .rule) == places)
  }

  /// 247.3 takes back what it had made for a link that matches no file any more.
  @Test func savedRulesOfAnAbandonedLink() throws {
    var question = try restart("247.3", link: 3)
    question.managedNow = [2, 3]
    let rules = [Make.rule(100), Make.rule(101)]
    #expect(try lost(rules, question, .rule).isEmpty)
    var requested = RequestedConfiguration()
    requested.rules = [.init(family: .ipv4, priority: 101, table: 200)]
    question.abandoned = [2: requested]
    #expect(try lost(rules, question, .rule) == [1])
    question.abandonedWithoutFile = [2]
    let guessed = try prediction(rules, question).lost(.rule)
    #expect(guessed.map(\.place) == [0, 1] && guessed.map { $0.why.hasSuffix("this is a guess") } == [true, false])
  }

  /// 247.3 may forget that the rules of `Family=both` were both.
  @Test(arguments: [("247.3-7+deb11u5", [0, 1]), ("252.39", [Int]())])
  func rulesOfBothFamilies(version: String, places: [Int]) throws {
    let text = ConfigurationFile(
      path: "/etc/systemd/network/eth0.network",
      text: "[Match]\nName=eth0\n[RoutingPolicyRule]\nFamily=both\nTable=200\nPriority=9\n")
    var question = try restart(version)
    question.managed[2] = NetworkFile(text, version: NetworkdVersion(257)).management
    let rules = [Make.rule(9), Make.rule(9, family: 10)]
    #expect(try lost(rules, question, .rule) == places)
    #expect(try prediction(rules, question).lost.allSatisfy { $0.why.hasSuffix("this is a guess") })
  }

  @Test(arguments: [("247.3", false, [0]), ("247.3", true, []), ("248.3", false, []), ("252.39", true, [])])
  func linkLocalAddresses(version: String, isOn: Bool, places: [Int]) throws {
    let question = try restart(version) { $0.hasLinkLocalIPv6 = isOn }
    #expect(try lost([Make.address("fe80::7/64", dev: 2)], question, .address) == places)
  }

  /// A link that comes to be managed and is to have no link-local address loses the one that the kernel made, and its
  /// routes, whatever `KeepConfiguration=` says; one that was managed so is not looked at, save by 249 and 250.
  @Test(arguments: [
    ("248.3", 0, false), ("249.11", 1, true), ("250.4", 1, true), ("252.39", 0, true), ("252.39", 1, false),
    ("262", 0, true), ("262", 2, true), ("262", 1, false),
  ])
  func linkLocalAddressesOfLinksThatAreToHaveNone(version: String, generation: UInt8, isLost: Bool) throws {
    var question = try restart(version, keep: .yes) { $0.hasLinkLocalIPv6 = false }
    // A bridge's first port has the same address and keeps it.
    let links = [Make.link(2, "br0", kind: "bridge", generation: generation), Make.link(3, "eth0", generation: 0)]
    let messages =
      try links
      + [2, 3].flatMap { dev in
        try [
          Make.address("fe80::7/64", dev: dev),
          Make.route("fe80::7/128", table: 255, protocol: .kernel, type: .local, dev: dev),
        ]
      }
    func predicted() throws -> LossPrediction { LossPredictor.predict(try NetworkSnapshot(messages), question) }
    #expect(try predicted().lost.map(\.at.kind) == (isLost ? [.address, .route] : []))
    question.managed[2]?.requested.addresses = [try #require(IPPrefix("fe80::7/64"))]
    #expect(try predicted().lost.isEmpty)
    question.managed[2]?.hasLinkLocalIPv6 = true
    question.managed[2]?.requested.addresses = []
    #expect(try predicted().lost.isEmpty)
  }

  /// Ports of a bridge or bond have none by default; links of some kinds never.
  @Test(
    arguments: [
      ("Bridge=br0", nil, false), ("Bond=bond0\nLinkLocalAddressing=yes", nil, false), ("KeepMaster=yes", nil, false),
      ("Bridge=br0\nLinkLocalAddressing=ipv6", nil, true), ("", "vrf", false), ("DHCP=no", "bridge", true),
    ] as [(String, String?, Bool)])
  func linksThatAreToHaveNoLinkLocalAddress(setting: String, kind: String?, isKept: Bool) throws {
    let file = ConfigurationFile(
      path: "/etc/systemd/network/eth0.network", text: "[Match]\nName=*\n[Network]\n\(setting)\n")
    var question = try restart("257.13", keep: .yes)
    question.managed[2] = NetworkFile(file, version: NetworkdVersion(257)).management
    let messages = [Make.link(2, "eth0", kind: kind, generation: 0), Make.address("fe80::7/64", dev: 2)]
    #expect(LossPredictor.predict(try NetworkSnapshot(messages), question).lost.isEmpty == isKept)
  }

  /// A successor that is handed the state takes back what was made for a link that is no longer managed.
  @Test func stateOfAnAbandonedLinkIsTakenBack() throws {
    var question = try restart("257.13", keep: .yes, link: 3)
    question.managedNow = [2, 3]
    question.keepsState = true
    var requested = RequestedConfiguration()
    requested.addresses = [try #require(IPPrefix("198.18.0.1/24"))]
    requested.nexthops = [5]
    requested.routes = [
      .init(
        destination: try #require(IPPrefix("198.19.1.0/24")), gateway: nil, table: nil, metric: nil, type: .unicast)
    ]
    question.abandoned = [2: requested]
    let messages = try [
      Make.address("198.18.0.1/24", dev: 2), Make.address("198.18.7.1/24", dev: 2), Make.nexthop(5, dev: 2),
      Make.nexthop(6, dev: 2), Make.route("198.19.1.0/24", dev: 2), Make.route("198.19.2.0/24", dev: 2),
    ]
    let prediction = try prediction(messages, question)
    #expect(prediction.lost(.address).map(\.place) == [0] && prediction.lost(.nexthop).map(\.place) == [0])
    #expect(prediction.lost(.route).map(\.place) == [0])
    question.keepsState = false
    #expect(try lost(messages, question).isEmpty)
  }

  /// Where the file is gone, what looks like networkd's is taken for it.
  @Test func stateOfALinkWithoutAFileIsGuessed() throws {
    var question = try restart("257.13", keep: .yes, link: 3)
    question.managedNow = [2, 3]
    question.keepsState = true
    question.abandonedWithoutFile = [2]
    let routes = try [Make.route("198.19.1.0/24", protocol: .static, dev: 2), Make.route("198.19.2.0/24", dev: 2)]
    let prediction = try prediction(routes, question)
    #expect(prediction.lost(.route).map(\.place) == [0])
    #expect(prediction.lost(.route).allSatisfy { $0.why.hasSuffix("this is a guess") })
  }

  /// Addresses that 251 to 254 know all the same: those without a broadcast address, and those whose file states it.
  @Test(arguments: ["198.18.0.1/31", "198.18.0.1/32", "198.18.0.1/24"])
  func staticAddressesThatAreKnown(text: String) throws {
    let prefix = try #require(IPPrefix(text))
    let question = try restart("252.39") {
      $0.requested.addresses = [prefix]
      if prefix.length == 24 { $0.requested.addressesWithBroadcast = [prefix] }
    }
    let prediction = try prediction([Make.address(text, dev: 2)], question)
    #expect(prediction.lost.isEmpty && prediction.interrupted.isEmpty && prediction.changed.isEmpty)
  }

  @Test(arguments: [("256.1", [Int]()), ("257.13", [0])])
  func loopbackIsSparedUpTo256(version: String, places: [Int]) throws {
    #expect(try lost([Make.route("198.19.1.0/24", dev: 1)], restart(version, link: 1)) == places)
  }

  /// With its last address the kernel takes the route of an IPv6 prefix, unless another address holds it.
  @Test func prefixesOfIPv6GoWithTheirLastAddress() throws {
    let route = try Make.route("2001:db8:1::/64", protocol: .kernel, dev: 2, metric: 256)
    func address(_ text: String) -> RoutingMessage {
      var message = Make.address(text, dev: 2)
      // `IFA_F_PERMANENT`, linux/if_addr.h.
      message.attributes.append(.init(type: AddressAttribute.flags.rawValue, value: .uint32(0x80)))
      return message
    }
    let kept = try restart("257.13") { $0.requested.addresses = [IPPrefix("2001:db8:1::2/64")].compactMap(\.self) }
    #expect(try lost([route, address("2001:db8:1::1/64")], restart("257.13")) == [0])
    #expect(try lost([route, address("2001:db8:1::1/64"), address("2001:db8:1::2/64")], kept).isEmpty)
  }

  /// Only what has no link goes for a new link's sake.
  @Test func aNewLinkTakesWhatHasNoLink() throws {
    let messages = try [
      Make.link(2, "eth0"), Make.route("198.19.1.0/24", dev: 2), Make.route("198.19.2.0/24", type: .blackhole),
      Make.rule(100), Make.rule(101, protocol: .kernel), Make.nexthop(5, dev: 2), Make.nexthop(6),
    ]
    let snapshot = try NetworkSnapshot(messages)
    let management = LinkManagement(file: "/etc/systemd/network/new.network")
    let kept = LinkManagement(file: "/etc/systemd/network/new.network", keep: .yes)
    for version in ["252.39", "254.26", "257.13"] {
      let question = try restart(version)
      let prediction = LossPredictor.predictNewLink(snapshot, question, as: [kept, management])
      #expect(prediction.lost(.route).map(\.place) == [1] && prediction.lost(.rule).map(\.place) == [0])
      #expect(prediction.lost(.nexthop).map(\.place) == [1])
      #expect(LossPredictor.predictNewLink(snapshot, question, as: [kept]).lost.isEmpty)
      #expect(LossPredictor.predictNewLink(snapshot, question, as: []).notes.count == 1)
    }
  }

  /// The kernel shows a route through a blackhole nexthop as `blackhole` and does not find it so: it goes with the nexthop.
  @Test func routesThroughABlackholeNexthopGoWithIt() throws {
    let route = try Make.route("198.19.1.0/24", type: .blackhole, nexthop: 7)
    var question = try restart("256.1")
    let prediction = try prediction([Make.nexthop(7), route], question)
    #expect(prediction.lost(.route).first?.why.contains("nexthop 7") == true)
    question.settings.managesForeignNexthops = false
    #expect(try lost([Make.nexthop(7), route], question).isEmpty)
  }
}
