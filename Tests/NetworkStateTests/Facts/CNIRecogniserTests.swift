import GateModel
import Testing

@testable import NetworkState

/// Traces of CNI plugins, and what only looks like them.
@Suite struct CNIRecogniserTests {
  private typealias Make = RouteMaker

  private func traces(_ messages: [RoutingMessage]) throws -> [CNITrace] {
    let snapshot = try NetworkSnapshot(messages)
    let restart = NetworkdRestart(isRunning: false, version: NetworkdVersion(252), managed: [:])
    return NetworkFacts(of: snapshot, restart, version: nil).cni
  }

  @Test(arguments: [
    ("cali1a2b3c", "calico", "cali*"), ("vxlan.calico", "calico", "vxlan.calico"),
    ("cilium_host", "cilium", "cilium_*"), ("lxc_health", "cilium", "lxc*"), ("lxc0a1b2c3d", "cilium", "lxc*"),
    ("flannel.1", "flannel", "flannel*"), ("cni0", "bridge", "cni0"), ("kube-ipvs0", "kube-proxy", "kube-ipvs0"),
    ("weave", "weave", "weave"), ("ovn-k8s-mp0", "ovn-kubernetes", "ovn-k8s-*"), ("ovn0", "kube-ovn", "ovn0"),
    ("antrea-gw0", "antrea", "antrea-*"), ("azv1234", "azure", "azv*"), ("cbr0", "kubenet", "cbr0"),
  ])
  func interface(name: String, plugin: String, pattern: String) throws {
    #expect(try traces([Make.link(7, name)]) == [CNITrace(name: plugin, by: ["1 interface \(pattern)"])])
  }

  @Test(arguments: ["eth0", "lo", "lxcbr0", "docker0", "veth1234", "br-int", "cni1", "weaver", "tunl0", "wg0", "eni0"])
  func interfacesOfOthersSayNothing(name: String) throws {
    #expect(try traces([Make.link(7, name)]).isEmpty)
  }

  @Test func routesByProtocolAndTable() throws {
    let calico = RouteProtocol(rawValue: 80)
    #expect(
      try traces([
        Make.route("198.18.1.0/24", protocol: calico, dev: 2), Make.route("198.18.2.0/24", protocol: calico, dev: 2),
        Make.route("0.0.0.0/0", table: 2005, dev: 2), Make.route("198.18.3.0/24", table: 200, dev: 2),
      ]) == [
        CNITrace(name: "calico", by: ["2 routes with protocol 80"]),
        CNITrace(name: "cilium", by: ["1 route in table 2005"]),
      ])
  }

  /// The rules of the incidents.
  @Test func rulesOfCiliumAndOfAWS() throws {
    #expect(
      try traces([
        Make.rule(9, table: 2004, mark: 0x200), Make.rule(10, table: 2005, mark: 0xA00), Make.rule(100, table: 255),
        Make.rule(111, from: "198.18.0.7/32"), Make.rule(111, from: "198.18.0.8/32"),
        Make.rule(512, table: 254, to: "198.18.0.9/32"), Make.rule(1024, table: 254, mark: 0x80),
        Make.rule(1536, table: 2, from: "198.18.0.9/32"),
      ]) == [
        CNITrace(
          name: "aws-vpc-cni",
          by: ["1 rule with priority 1024", "1 rule with priority 1536", "1 rule with priority 512"]
        ),
        CNITrace(
          name: "cilium",
          by: [
            "1 rule with priority 10", "1 rule with priority 100", "1 rule with priority 9",
            "2 rules with priority 111",
          ]),
      ])
  }

  @Test func theSameNumbersWithAnotherMeaningSayNothing() throws {
    #expect(
      try traces([
        Make.rule(9), Make.rule(10), Make.rule(100), Make.rule(100, table: 255, from: "198.18.0.0/24"), Make.rule(111),
        Make.rule(512, table: 254), Make.rule(1024, mark: 0x40), Make.rule(1536), Make.rule(32766, table: 254),
      ]).isEmpty)
  }
}
