import TestSupport

/// A random node: what networkd manages, its options, and what others have put beside it.
struct RestartScenario: CustomStringConvertible {
  var networkFiles: [String: String] = [:]
  var settings: [String: String] = [:]
  /// The links that networkd manages.
  var managed: [String]
  /// `ip` commands for what networkd does not know of.
  var foreign: [String]
  var description: String

  init(seed: UInt64) {
    var seed = Seed(value: seed)
    func pick<T>(_ choices: [T]) -> T { choices[seed.below(choices.count)] }
    let managesSecond = seed.below(2) == 0
    managed = managesSecond ? ["v0", "v2"] : ["v0"]
    let keeps = (0..<2).map { _ in pick(["no", "no", "static", "static", "dhcp", "dhcp-on-stop", "yes"]) }
    let length = pick([24, 24, 24, 32])
    networkFiles["10-first.network"] = Self.file("v0", "198.18.0.1/\(length)", keeps[0])
    if managesSecond { networkFiles["20-second.network"] = Self.file("v2", "198.18.2.1/24", keeps[1]) }
    let routes = pick(["yes", "no"])
    let rules = pick(["yes", "no"])
    settings["/etc/systemd/networkd.conf"] = "[Network]\nManageForeignRoutes=\(pick(["yes", "no"]))\n"
    settings["/run/systemd/networkd.conf.d/50-a.conf"] = "[Network]\nManageForeignRoutes=\(routes)\n"
    settings["/etc/systemd/networkd.conf.d/40-b.conf"] = "[Network]\nManageForeignRoutingPolicyRules=\(rules)\n"
    var objects = RandomObjects(seed: seed.next())
    foreign = managesSecond ? [] : ["addr add 198.18.2.1/24 dev v2"]
    foreign += pick([[], ["addr add 198.18.44.1/24 dev v0"]])
    foreign += pick([[], ["addr add 2001:db8:44::1/64 dev v0 nodad", "route add 2001:db8:55::/64 via 2001:db8:44::9"]])
    foreign += pick([[], ["neigh add 198.18.0.9 lladdr 02:00:00:00:00:09 dev v0 nud permanent"]])
    foreign += pick([
      [],
      [
        "nexthop add id 5 via 198.18.0.2 dev v0 onlink", "nexthop add id 6 via 198.18.2.2 dev v2 onlink",
        "nexthop add id 7 blackhole", "nexthop add id 20 group 5/6", "route add 198.19.200.0/24 nhid 5",
        "route add 198.19.201.0/24 nhid 6", "route add 198.19.202.0/24 nhid 20",
      ],
    ])
    foreign += objects.routes(30) + objects.rules(10)
    description = "v0 /\(length) keep=\(keeps[0]), v2 \(managesSecond ? "keep=\(keeps[1])" : "unmanaged"), "
    description += "ManageForeignRoutes=\(routes), ManageForeignRoutingPolicyRules=\(rules)"
  }

  private static func file(_ name: String, _ address: String, _ keep: String) -> String {
    """
    [Match]
    Name=\(name)
    [Network]
    Address=\(address)
    KeepConfiguration=\(keep)
    IPv6AcceptRA=no
    DHCP=no

    """
  }
}
