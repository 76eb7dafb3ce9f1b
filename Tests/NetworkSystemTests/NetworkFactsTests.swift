import Foundation
import GateModel
import NetworkState
import NetworkSystem
import Testing

/// The facts of a real namespace are what stock `ip` says of it.
@Suite(.enabled(if: TestNamespace.isPossible, "needs root and network namespaces"), .serialized)
struct NetworkFactsTests {
  private static let node = [
    "link set lo up", "link add cali1 type veth peer name cilium_host", "link set cali1 up", "link set cilium_host up",
    "addr add 198.18.0.1/24 dev cali1", "route add default via 198.18.0.254 dev cali1 proto static",
    "route add default via 198.18.0.253 dev cali1 table 200", "route add 198.19.1.0/24 dev cali1 proto 80",
    "route add 198.19.2.0/24 dev cali1 proto bird",
    "rule add priority 9 fwmark 0x200/0xf00 lookup 2004 protocol static",
    "rule add priority 1536 from 198.19.1.7 lookup 2",
  ]

  private func facts(_ namespace: TestNamespace, root: String? = nil) throws -> NetworkFacts {
    let reading = try NetworkdReader(namespace: namespace.path, root: root).read(by: .after(.seconds(20)))
    return NetworkFacts(
      of: reading.snapshot, reading.restart, version: reading.process?.version ?? reading.installed,
      names: NumberNameFiles.read())
  }

  /// How many objects `ip` lists that are not the kernel's.
  private func foreign(_ namespace: TestNamespace, _ arguments: [String]) throws -> Int {
    let lists = try ["-4", "-6"].map { family in
      try JSONDecoder().decode(
        [Entry].self, from: Command.run("ip", ["-n", namespace.name, "-N", "-j", family] + arguments))
    }
    return lists.joined().count { $0.protocol != "2" }
  }

  private struct Entry: Decodable {
    var `protocol`: String?
  }

  @Test func withoutNetworkdTheCountsAreThoseOfStockIp() throws {
    let namespace = try TestNamespace()
    try namespace.batch(Self.node)
    try namespace.settle()
    let facts = try facts(namespace)
    #expect(!facts.networkd.running && facts.atRisk.count == 0)
    #expect(facts.foreign.routes == 4)
    #expect(facts.foreign.routes == (try foreign(namespace, ["-details", "route", "show", "table", "all"])))
    #expect(facts.foreign.rules == 2)
    #expect(Set(facts.defaultRoutes.map { $0["table"] }) == ["main", "200"])
    #expect(facts.defaultRoutes.allSatisfy { $0["dst"] == "default" && $0["dev"] == "cali1" })
    #expect(Set(facts.defaultRoutes.map { $0["gateway"] }) == ["198.18.0.254", "198.18.0.253"])
    #expect(
      facts.cni == [
        CNITrace(name: "aws-vpc-cni", by: ["1 rule with priority 1536"]),
        CNITrace(name: "calico", by: ["1 interface cali*", "1 route with protocol 80"]),
        CNITrace(name: "cilium", by: ["1 interface cilium_*", "1 rule with priority 9"]),
      ])
  }

  @Test(.enabled(if: NetworkdLaboratory.isPossible, "needs systemd-networkd"))
  func aRealNetworkdIsSeenWithWhatItWouldTakeAway() throws {
    let namespace = try TestNamespace()
    try namespace.batch(Array(Self.node.prefix(4)))
    try namespace.settle()
    let laboratory = try NetworkdLaboratory(namespace)
    try laboratory.write(
      "/etc/systemd/network/10.network",
      "[Match]\nName=cali1\n[Network]\nAddress=198.18.0.1/24\nLinkLocalAddressing=no\nIPv6AcceptRA=no\n")
    let links = try laboratory.read()
    try laboratory.writeUdev(links)
    let managed = links.links.filter { $0.name == "cali1" }.map(\.index)
    try laboratory.start(managed)
    try namespace.batch(Array(Self.node.dropFirst(5)))
    let facts = try facts(namespace, root: laboratory.root)
    let version = try #require(NetworkdLaboratory.version)
    #expect(facts.networkd.running && facts.networkd.version == version.description)
    #expect(facts.managedLinks == ["cali1"])
    #expect(facts.foreign.routes == 4 && facts.foreign.rules == 2)
    #expect(facts.atRisk.routes >= 4, "on Debian 12 the address goes too, and the kernel's routes with it")
    #expect(facts.atRisk.objects.contains { $0["kind"] == "route" && $0["protocol"] == "80" })
    #expect(facts.atRisk.objects.allSatisfy { $0["why"]?.isEmpty == false })
  }
}
