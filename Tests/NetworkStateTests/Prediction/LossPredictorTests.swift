import NetworkState
import Testing

/// The loss predicates by version, on a node like those of the incidents: `eth0` (2) managed, `cni0` (3) not.
@Suite struct LossPredictorTests {
  private typealias Make = RouteMaker
  private static let bird = RouteProtocol(rawValue: 12)

  private func node(lease: UInt32 = .max) throws -> NetworkSnapshot {
    try NetworkSnapshot([
      Make.link(1, "lo", flags: 0x49), Make.link(2, "eth0"), Make.link(3, "cni0", kind: "bridge"),
      Make.address("198.18.0.1/24", dev: 2, valid: lease), Make.address("198.18.9.1/24", dev: 3),
      Make.route("198.18.0.0/24", protocol: .kernel, dev: 2, source: "198.18.0.1"),  // 0
      Make.route("198.19.1.0/24", protocol: Self.bird, dev: 2, via: "198.18.0.9"),  // 1: a CNI route on the uplink
      Make.route("198.19.2.0/24", table: 200, dev: 2),  // 2
      Make.route("198.19.3.0/24", table: 70000, dev: 2),  // 3
      Make.route("198.19.4.0/24", protocol: Self.bird, dev: 3),  // 4: on a link that is not managed
      Make.route("198.19.5.0/24", type: .blackhole),  // 5
      Make.route("198.19.6.0/24", legs: [2, 3]),  // 6
      Make.route("198.19.7.0/24", protocol: .static, dev: 2),  // 7
      Make.route("0.0.0.0/0", protocol: .dhcp, dev: 2, via: "198.18.0.254", source: "198.18.0.1"),  // 8
      Make.rule(0, protocol: .kernel, table: 255), Make.rule(9), Make.rule(100, protocol: .static),
    ])
  }

  private func restart(
    _ version: String, keep: KeepConfiguration = [], dhcp: Bool = true, asksForAddress: Bool = true,
    _ change: (inout NetworkdSettings) -> Void = { _ in }
  ) throws -> NetworkdRestart {
    var settings = NetworkdSettings()
    change(&settings)
    var eth0 = LinkManagement(file: "/etc/systemd/network/eth0.network", keep: keep, usesDHCPv4: dhcp)
    if !dhcp, asksForAddress { eth0.requested.addresses = [try #require(IPPrefix("198.18.0.1/24"))] }
    return NetworkdRestart(
      version: try #require(NetworkdVersion(version)), settings: settings, managed: [2: eth0], managedNow: [2])
  }

  private func places(_ losses: [LossPrediction.Loss], _ kind: NetworkObjectKind) -> [Int] {
    losses.filter { $0.kind == kind }.map(\.place)
  }

  /// Static uplink that keeps its address, so that nothing but networkd's own deletions shows.
  @Test(arguments: [
    ("237-3ubuntu10.54", [1, 7, 8], [Int]()), ("246.6", [1, 7, 8], []), ("247.3-7+deb11u5", [1, 2, 5, 6, 7, 8], []),
    ("249.11-0ubuntu3.7", [1, 2, 5, 6, 7, 8], [1, 2]), ("250.4", [1, 2, 3, 5, 6, 7, 8], [1, 2]),
    ("255.4", [1, 2, 3, 5, 6, 7, 8], [1, 2]), ("256.1", [1, 2, 3, 5, 6, 7, 8], [1, 2]),
    ("257.13", [1, 2, 3, 5, 6, 7, 8], [1, 2]), ("260", [1, 2, 3, 5, 6, 7, 8], [1, 2]),
  ])
  func deletionsByVersion(version: String, routes: [Int], rules: [Int]) throws {
    let prediction = LossPredictor.predict(try node(), try restart(version, dhcp: false))
    #expect(places(prediction.lost, .route) == routes)
    #expect(places(prediction.lost, .rule) == rules)
    #expect(places(prediction.lost, .address).isEmpty)
  }

  /// 251 to 254 delete and add a static address; with it go all IPv4 routes of the link, whatever the options.
  @Test(arguments: ["251.1", "252.38", "254.22"])
  func staticAddressIsTakenForAForeignOne(version: String) throws {
    let question = try restart(version, dhcp: false) {
      $0.managesForeignRoutes = false
      $0.managesForeignRules = false
    }
    let prediction = LossPredictor.predict(try node(), question)
    #expect(places(prediction.interrupted, .address) == [0])
    #expect(places(prediction.interrupted, .route) == [0])
    #expect(places(prediction.lost, .route) == [1, 2, 3, 7, 8])
    #expect(places(prediction.lost, .rule).isEmpty)
    let kept = LossPredictor.predict(
      try node(),
      try restart(version, keep: .static, dhcp: false) {
        $0.managesForeignRoutes = false
        $0.managesForeignRules = false
      })
    #expect(kept.lost.isEmpty && kept.interrupted.isEmpty)
  }

  /// The two switches that vendors ship are not enough on a link with DHCP: `incidents`, 249 to 256.
  @Test(arguments: ["249.11", "252.38", "255.4", "256.9"])
  func bothSwitchesWithDHCP(version: String) throws {
    for keep in [KeepConfiguration(), .yes] {
      let question = try restart(version, keep: keep) {
        $0.managesForeignRoutes = false
        $0.managesForeignRules = false
        $0.managesForeignNexthops = false
      }
      let prediction = LossPredictor.predict(try node(lease: 3600), question)
      #expect(places(prediction.lost, .rule).isEmpty)
      #expect(places(prediction.lost, .route) == (keep == .yes ? [] : [1, 2, 3, 7]))
      #expect(places(prediction.interrupted, .address) == (keep == .yes ? [] : [0]))
      #expect(prediction.lost.allSatisfy { $0.why.contains("last IPv4 address of `eth0`") })
    }
  }

  @Test func stateHandedOverKeepsTheLease() throws {
    var question = try restart("257.13") {
      $0.managesForeignRoutes = false
      $0.managesForeignRules = false
    }
    question.keepsState = true
    let prediction = LossPredictor.predict(try node(lease: 3600), question)
    #expect(prediction.lost.isEmpty && prediction.interrupted.isEmpty)
    question.keepsState = false
    #expect(!LossPredictor.predict(try node(lease: 3600), question).lost.isEmpty)
  }

  @Test func optionsWorkOnlyWhereTheyExist() throws {
    let off: (inout NetworkdSettings) -> Void = {
      $0.managesForeignRoutes = false
      $0.managesForeignRules = false
    }
    #expect(
      places(LossPredictor.predict(try node(), try restart("245.4", dhcp: false, off)).lost, .route) == [1, 7, 8])
    #expect(places(LossPredictor.predict(try node(), try restart("247.4", dhcp: false, off)).lost, .rule) == [1, 2])
    #expect(places(LossPredictor.predict(try node(), try restart("247.10", dhcp: false, off)).lost, .rule).isEmpty)
    #expect(places(LossPredictor.predict(try node(), try restart("248.8", dhcp: false, off)).lost, .rule).isEmpty)
  }

  @Test func earlyVersions249AskTheWrongOption() throws {
    let rulesOff = try restart("249.2", dhcp: false) { $0.managesForeignRules = false }
    let routesOff = try restart("249.2", dhcp: false) { $0.managesForeignRoutes = false }
    #expect(places(LossPredictor.predict(try node(), rulesOff).lost, .rule) == [1, 2])
    #expect(places(LossPredictor.predict(try node(), routesOff).lost, .rule).isEmpty)
  }

  @Test(arguments: [("256.1", [1, 2]), ("257.2", [Int]()), ("258.1", [1])])
  func keepStaticAndRules(version: String, lost: [Int]) throws {
    let prediction = LossPredictor.predict(try node(), try restart(version, keep: .static, dhcp: false))
    #expect(places(prediction.lost, .rule) == lost)
    #expect(!places(prediction.lost, .route).contains(7))
  }

  @Test func nothingIsLostWithoutAManagedLinkOrWithoutNetworkd() throws {
    var question = try restart("252.38")
    question.managed = [:]
    question.managedNow = []
    let unmanaged = LossPredictor.predict(try node(), question)
    #expect(unmanaged.lost.isEmpty && unmanaged.notes.count == 1)
    question.isRunning = false
    #expect(LossPredictor.predict(try node(), question).notes == ["systemd-networkd does not run: nothing is lost"])
  }

  /// The Azure incident: the link would match no file after the restart.
  @Test func aLinkThatWouldNoLongerMatchIsALoss() throws {
    var question = try restart("252.38")
    question.managed = [:]
    let prediction = LossPredictor.predict(try node(), question)
    #expect(prediction.lost.map(\.kind) == [.link] && prediction.lost.first?.place == 1)
    #expect(prediction.lost.first?.why.contains("`eth0`") == true)
  }

  @Test func nexthopObjectsAndTheirRoutes() throws {
    let snapshot = try NetworkSnapshot([
      Make.link(2, "eth0"), Make.link(3, "cni0"), Make.address("198.18.0.1/24", dev: 2),
      Make.nexthop(1, dev: 2), Make.nexthop(2, dev: 3), Make.nexthop(10, members: [1, 2]),
      Make.nexthop(11, members: [1]),
      Make.route("198.19.1.0/24", dev: 2, nexthop: 1), Make.route("198.19.2.0/24", dev: 3, nexthop: 2),
      Make.route("198.19.3.0/24", nexthop: 10, legs: [2, 3]), Make.route("198.19.4.0/24", nexthop: 11, legs: [2]),
    ])
    let off: (inout NetworkdSettings) -> Void = { $0.managesForeignRoutes = false }
    let old = LossPredictor.predict(snapshot, try restart("247.3", dhcp: false, off))
    #expect(old.lost.isEmpty)
    let middle = LossPredictor.predict(snapshot, try restart("255.4", dhcp: false, off))
    #expect(places(middle.lost, .nexthop) == [0, 2, 3])
    #expect(places(middle.lost, .route) == [0, 2, 3])
    let new = LossPredictor.predict(
      snapshot,
      try restart("256.4", dhcp: false) {
        $0.managesForeignRoutes = false
        $0.managesForeignNexthops = false
      })
    #expect(new.lost.isEmpty)
  }

  @Test func neighboursOfManagedLinks() throws {
    let snapshot = try NetworkSnapshot([
      Make.link(2, "eth0"), Make.link(3, "cni0"), Make.neighbour("198.18.0.7", dev: 2),
      Make.neighbour("198.18.9.7", dev: 3),
    ])
    #expect(places(LossPredictor.predict(snapshot, try restart("242.1")).lost, .neighbour).isEmpty)
    #expect(places(LossPredictor.predict(snapshot, try restart("252.38")).lost, .neighbour) == [0])
    #expect(places(LossPredictor.predict(snapshot, try restart("257.1", keep: .static)).lost, .neighbour).isEmpty)
  }

  @Test func requestedObjectsStay() throws {
    var question = try restart("255.4", dhcp: false)
    let text = ConfigurationFile(
      path: "/etc/systemd/network/eth0.network",
      text: """
        [Match]
        Name=eth0
        [Network]
        Address=198.18.0.1/24
        [Route]
        Destination=198.19.1.0/24
        Gateway=198.18.0.9
        [Route]
        Destination=198.19.3.0/24
        Table=70000
        [RoutingPolicyRule]
        Priority=9
        Table=200
        """)
    question.managed[2] = NetworkFile(text, version: NetworkdVersion(257)).management
    let prediction = LossPredictor.predict(try node(), question)
    #expect(places(prediction.lost, .route) == [2, 5, 6, 7, 8])
    #expect(places(prediction.lost, .rule) == [2])
  }

  @Test func describedInTheWordsOfIP() throws {
    let snapshot = try node(lease: 3600)
    let prediction = LossPredictor.predict(snapshot, try restart("252.38"))
    let describer = ObjectDescriber(of: snapshot)
    let lost = prediction.describeLost(of: snapshot, describer)
    #expect(lost.members.map(\.key) == ["routes", "rules", "nexthops", "addresses", "neighbours", "links"])
    guard case .list(let routes) = lost["routes"], case .object(let first) = routes.first else {
      Issue.record("no routes")
      return
    }
    #expect(first["dst"] == .text("198.19.1.0/24") && first["dev"] == .text("eth0"))
    #expect(first["protocol"] == .text("bird") && first["why"] != nil)
    let back = prediction.describeInterrupted(of: snapshot, describer)
    guard case .list(let addresses) = back["addresses"], case .object(let address) = addresses.first else {
      Issue.record("no addresses")
      return
    }
    #expect(address["local"] == .text("198.18.0.1") && address["dev"] == .text("eth0"))
  }
}
