import GateModel
import Testing

@testable import NetworkState

/// From a snapshot and a prediction to what a policy reads.
@Suite struct NetworkFactsTests {
  private typealias Make = RouteMaker

  private static func messages() throws -> [RoutingMessage] {
    try [
      Make.link(1, "lo", flags: 0x49), Make.link(2, "eth0"), Make.link(3, "cilium_host"),
      Make.address("198.18.0.1/24", dev: 2),
      Make.route("198.18.0.0/24", protocol: .kernel, dev: 2, source: "198.18.0.1"),
      Make.route("0.0.0.0/0", protocol: .static, dev: 2, via: "198.18.0.254"),
      Make.route("0.0.0.0/0", table: 200, dev: 2, via: "198.18.0.253"),
      Make.route("0.0.0.0/0", table: 201, type: .blackhole),
      Make.route("198.19.1.0/24", dev: 2), Make.route("198.19.2.0/24", dev: 3),
      Make.rule(0, protocol: .kernel, table: 255), Make.rule(9, table: 2004),
    ]
  }

  private func facts(running: Bool = true, settings: NetworkdSettings = NetworkdSettings()) throws -> NetworkFacts {
    var eth0 = LinkManagement(file: "/etc/systemd/network/eth0.network", keep: [], usesDHCPv4: false)
    eth0.requested.addresses = [try #require(IPPrefix("198.18.0.1/24"))]
    let version = try #require(NetworkdVersion("255.4"))
    let restart = NetworkdRestart(
      isRunning: running, version: version, settings: settings, managed: [2: eth0], managedNow: [2])
    return NetworkFacts(of: try NetworkSnapshot(Self.messages()), restart, version: version)
  }

  @Test func countsAndObjectsAreThoseOfThePrediction() throws {
    let facts = try facts()
    #expect(facts.networkd == NetworkdFacts(running: true, version: "255.4"))
    #expect(facts.managedLinks == ["eth0"])
    // All but the kernel's, that of the table without a link too; the one on the unmanaged link stays.
    #expect((facts.atRisk.routes, facts.atRisk.rules) == (4, 1))
    #expect(facts.atRisk.count == facts.atRisk.objects.count)
    #expect(facts.atRisk.objects.allSatisfy { $0["why"]?.contains("255.4") == true })
    let rule = try #require(facts.atRisk.objects.first { $0["kind"] == "rule" })
    #expect(rule["priority"] == "9" && rule["table"] == "2004" && rule["family"] == "inet")
  }

  @Test func foreignIsWhatNeitherTheKernelNorNetworkdMade() throws {
    #expect(try facts().foreign == ForeignNetworkState(routes: 5, rules: 1))
    var settings = NetworkdSettings()
    settings.managesForeignRoutes = false
    settings.managesForeignRules = false
    let kept = try facts(settings: settings)
    #expect(kept.atRisk.count == 0 && kept.foreign == ForeignNetworkState(routes: 5, rules: 1))
  }

  @Test func defaultRoutesOfAllTablesAreListed() throws {
    let routes = try facts().defaultRoutes
    #expect(routes.map { $0["table"] } == ["main", "200"])
    #expect(routes.map { $0["gateway"] } == ["198.18.0.254", "198.18.0.253"])
    #expect(routes.allSatisfy { $0["dev"] == "eth0" })
  }

  @Test func withoutNetworkdNothingIsAtRiskAndAllIsForeign() throws {
    let facts = try facts(running: false)
    #expect(!facts.networkd.running && facts.atRisk.count == 0 && facts.managedLinks.isEmpty)
    #expect(facts.foreign == ForeignNetworkState(routes: 5, rules: 1))
    #expect(facts.cni.map(\.name) == ["cilium"])
  }

  @Test func manyObjectsAreCountedInFullAndListedInPart() throws {
    let many = try (0..<250).map { try Make.route("198.19.\($0).0/24", dev: 2) }
    let restart = NetworkdRestart(
      version: NetworkdVersion(255), managed: [2: LinkManagement(file: "f", keep: [], usesDHCPv4: false)],
      managedNow: [2])
    let facts = NetworkFacts(
      of: try NetworkSnapshot([Make.link(2, "eth0")] + many), restart, version: restart.version)
    #expect(facts.atRisk.routes == 250 && facts.atRisk.objects.count == NetworkFacts.mostObjects)
  }
}
