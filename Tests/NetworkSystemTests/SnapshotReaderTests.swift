import TestSupport
import Foundation
import NetworkState
import NetworkSystem
import Testing

@Suite(.enabled(if: TestNamespace.isPossible, "needs root and network namespaces"))
struct SnapshotReaderTests {
  static let links = [
    "link set lo up", "link add v0 type veth peer name v1", "link add v2 type veth peer name v3",
    "link set v0 up", "link set v1 up", "link set v2 up", "link set v3 up",
    "addr add 198.18.0.1/24 dev v0", "addr add 198.18.2.1/24 dev v2 valid_lft 3600 preferred_lft 1800",
    "addr add 2001:db8::1/64 dev v0 nodad", "addr add 198.18.9.1/32 peer 198.18.9.2 dev v2 label v2:x",
  ]

  @Test func everyKindOfObjectIsAsStockIpSaysIt() throws {
    let namespace = try TestNamespace()
    try namespace.batch(
      Self.links + [
        "nexthop add id 5 via 198.18.0.2 dev v0 proto zebra", "nexthop add id 6 via 198.18.2.2 dev v2",
        "nexthop add id 7 blackhole", "nexthop add id 20 group 5,3/6,7",
        "route add default via 198.18.0.2 proto static metric 100", "route add 198.19.0.0/24 nhid 5",
        "route add 198.19.1.0/24 nhid 20 proto bird",
        "route add 198.19.3.0/24 via 198.18.0.3 mtu lock 1300 congctl reno quickack 1 rtt 100ms",
        "route add 198.19.4.0/24 proto 99 nexthop via 198.18.0.4 weight 3 nexthop via 198.18.2.5 dev v2 onlink",
        "route add 198.19.5.0/24 via 198.18.0.3 table 70000 src 198.18.0.1",
        "route add 198.19.7.0/24 via inet6 2001:db8::3 dev v0", "route add blackhole 198.19.9.0/24",
        "route add unreachable 198.19.10.0/24 table 100", "route add throw 198.19.12.0/24 table 200 tos 0x10",
        "route add 2001:db8:2::/48 via 2001:db8::2 pref high expires 600", "route add blackhole 2001:db8:6::/48",
        "route add 2001:db8:4::/48 nexthop via 2001:db8::2 nexthop via fe80::2 dev v2 weight 5",
        "rule add fwmark 0x200/0xf00 lookup 2004 pref 9", "rule add not from 198.18.0.0/24 unreachable pref 130",
        "rule add ipproto tcp sport 1000-2000 dport 80 lookup 70000 pref 140",
        "rule add uidrange 100-200 lookup 100 protocol bird pref 150", "rule add iif nosuch goto 150 pref 30",
        "-6 rule add from 2001:db8::/32 lookup 200 pref 100",
        "neigh add 198.18.0.9 lladdr 02:00:00:00:00:09 dev v0 nud permanent",
        "neigh add 198.18.0.10 lladdr 02:00:00:00:00:0a dev v0 nud reachable",
        "neigh add 2001:db8::9 lladdr 02:00:00:00:00:0a dev v0 nud permanent router",
      ])
    try namespace.settle()
    try StockTruth(namespace: namespace).expectAgreement()
  }

  @Test func randomRoutesAndRulesAreAsStockIpSaysThem() throws {
    let namespace = try TestNamespace()
    var seed = Seed("random routes and rules")
    try namespace.batch(Self.links)
    var objects = RandomObjects(seed: seed.next())
    try namespace.batch(objects.routes(600) + objects.rules(100), force: true)
    try namespace.settle()
    let loaded = try SnapshotReader(namespace: namespace.path).read(by: .after(.seconds(20))).snapshot
    #expect(loaded[.route].count > 400 && loaded[.rule].count > 50)
    try StockTruth(namespace: namespace).expectAgreement()
  }

  @Test func readsAgainUntilItIsOfOneInstant() throws {
    let namespace = try TestNamespace()
    try namespace.batch(Self.links)
    try namespace.settle()
    #expect(try SnapshotReader(namespace: namespace.path).read(by: .after(.seconds(20))).isOfOneInstant)
  }

  @Test func namespacesAreKeptApart() throws {
    let namespace = try TestNamespace()
    let before = try SnapshotReader().read(by: .after(.seconds(20))).snapshot.links.map(\.name)
    try namespace.batch(["link add only-there type veth peer name other-there"])
    let there = try SnapshotReader(namespace: namespace.path).read(by: .after(.seconds(20))).snapshot
    #expect(Set(there.links.map(\.name)) == ["lo", "only-there", "other-there"])
    #expect(try SnapshotReader().read(by: .after(.seconds(20))).snapshot.links.map(\.name) == before)
  }

  @Test(arguments: ["/run/netns/there-is-no-such", "/etc/hostname", "/"])
  func noNamespace(path: String) {
    let error = #expect(throws: NetworkSystemError.self) {
      try SnapshotReader(namespace: path).read(by: .after(.seconds(5)))
    }
    #expect(error?.code == .noNamespace)
    #expect(error?.message.contains("`\(path)`") == true)
  }

  @Test func deadlineThatIsOver() {
    let error = #expect(throws: NetworkSystemError.self) { try SnapshotReader().read(by: .after(.zero)) }
    #expect(error?.code == .deadline)
  }
}
