import TestSupport

/// What others have put on the node beside networkd: CNI plugins, routing daemons, administrators.
extension ScenarioGenerator {
  private static let protocols = ["boot", "static", "dhcp", "ra", "bird", "zebra", "80", "99", "kernel", "redirect"]
  private static let tables = ["main", "main", "main", "100", "200", "254", "253", "255", "256", "300", "70000"]

  mutating func addForeign(unmanaged: [String], hasUplink: Bool) {
    for link in unmanaged {
      let third = ["v0": 0, "v2": 2, "br0": 3][link] ?? 9
      scenario.foreign.append("addr add 198.19.\(third).1/24 dev \(link)")
    }
    if once(in: 2) { addAddresses(hasUplink: hasUplink) }
    if once(in: 2) { addNexthops() }
    for index in 0..<(6 + seed.below(16)) { addRoute(index, hasUplink: hasUplink) }
    for index in 0..<seed.below(7) { addRuleIPv6orIPv4(index) }
    for index in 0..<seed.below(4) { addUncommonRule(index) }
    for index in 0..<seed.below(5) { addUncommonRoute(index, hasUplink: hasUplink) }
    if once(in: 5) {
      let dev = pick(["v0", "v2", "br0"])
      scenario.foreign.append("-6 neigh add 2001:db8:77::1 lladdr 02:00:00:00:00:78 dev \(dev) nud permanent")
    }
    if once(in: 4) {
      let dev = pick(["v0", "v2", "br0"])
      scenario.foreign.append(
        "neigh add 198.19.0.\(200 + seed.below(9)) lladdr 02:00:00:00:00:77 dev \(dev) nud permanent")
    }
  }

  private mutating func addAddresses(hasUplink: Bool) {
    for index in 0..<(1 + seed.below(3)) {
      let dev = pick(["v0", "v0", "v2", "br0", "lo"] + (hasUplink ? ["up0"] : []))
      scenario.foreign.append(
        pick([
          "addr add 198.19.\(40 + index).1/24 dev \(dev)", "addr add 198.19.0.\(70 + index)/24 dev \(dev)",
          "addr add 198.19.\(40 + index).1/32 dev \(dev)", "addr add 2001:db8:4\(index)::1/64 dev \(dev) nodad",
          "addr add 198.19.\(40 + index).1/24 dev \(dev) valid_lft 3000 preferred_lft 2000",
          "addr add 198.19.\(40 + index).1 peer 198.19.\(40 + index).2 dev \(dev)",
          "addr add 2001:db8:4\(index)::1/64 dev \(dev) nodad valid_lft 3000 preferred_lft 2000",
          "addr add 198.19.\(40 + index).1/24 dev \(dev) label \(dev):f broadcast 198.19.\(40 + index).255 scope link",
          "addr add 198.19.\(40 + index).1/24 dev \(dev) metric 300",
          "addr add 198.19.\(40 + index).1/24 dev \(dev) noprefixroute",
          "addr add 2001:db8:4\(index)::1/128 dev \(dev) nodad", "addr add fe80::\(index + 5)/64 dev \(dev) nodad",
        ]))
    }
  }

  private mutating func addNexthops() {
    let origin = pick(["", "", " proto bird", " proto static"])
    scenario.foreign += [
      "nexthop add id 5 via 198.19.0.2 dev v0 onlink" + origin, "nexthop add id 6 via 198.19.2.2 dev v2 onlink",
      "nexthop add id 7 blackhole" + origin, "nexthop add id 8 dev br0" + origin,
    ]
    if once(in: 2) { scenario.foreign.append("nexthop add id 20 group 5/6" + origin) }
    if once(in: 3) { scenario.foreign.append("nexthop add id 21 group 6,3/8" + origin) }
    for (place, id) in [5, 6, 7, 8, 20, 21].enumerated() where once(in: 2) {
      scenario.foreign.append("route add 198.19.\(200 + place).0/24 nhid \(id) proto \(pick(Self.protocols))")
    }
    if once(in: 3) {
      scenario.foreign.append("-6 nexthop add id 30 via fe80::99 dev v0")
      scenario.foreign.append("-6 route add 2001:db8:99::/64 nhid 30 proto \(pick(Self.protocols))")
    }
    if once(in: 4) {
      scenario.foreign.append("-6 nexthop add id 31 via fe80::98 dev v2" + origin)
      scenario.foreign.append("nexthop add id 22 group 30/31" + origin)
      scenario.foreign.append("-6 route add 2001:db8:98::/64 nhid 22 proto \(pick(Self.protocols))")
    }
    if once(in: 6) { scenario.foreign.append("nexthop add id 23 group 5/6 type resilient buckets 8" + origin) }
    if once(in: 4) { scenario.foreign.append("nexthop add id 9 via 198.19.0.3 dev v0 onlink protocol zebra") }
    if once(in: 6) {
      scenario.foreign.append("route add 198.19.210.0/24 nhid \(pick([9, 23])) table 300 proto \(pick(Self.protocols))")
    }
  }

  private mutating func addRoute(_ index: Int, hasUplink: Bool) {
    let table = pick(Self.tables)
    let metric = once(in: 4) ? " metric \(10 + seed.below(90))" : ""
    let rest = " table \(table) proto \(pick(Self.protocols))" + metric
    let links = ["v0", "v0", "v2", "br0", "v3"] + (hasUplink ? ["up0", "up0"] : [])
    let dev = pick(links)
    let four = "198.19.\(120 + index).0/24"
    let six = "2001:db8:\(100 + index)::/64"
    let third = ["v0": 0, "v2": 2, "br0": 3][dev]
    switch seed.below(12) {
    case 0:
      scenario.foreign.append("route add \(pick(["blackhole", "unreachable", "prohibit", "throw"])) \(four)" + rest)
    case 1: scenario.foreign.append("-6 route add \(pick(["blackhole", "unreachable", "prohibit"])) \(six)" + rest)
    case 2, 3: scenario.foreign.append("-6 route add \(six) dev \(dev)" + rest)
    case 4: scenario.foreign.append("-6 route add \(six) via fe80::77 dev \(dev)" + rest)
    case 5:
      let other = pick(links)
      scenario.foreign.append(
        "route add \(four)" + rest
          + " nexthop via 198.19.0.5 dev \(dev) onlink nexthop via 198.19.0.6 dev \(other) onlink")
    case 6:
      let other = pick(links)
      scenario.foreign.append(
        "-6 route add \(six)" + rest + " nexthop via fe80::5 dev \(dev) nexthop via fe80::6 dev \(other)")
    case 7:
      let source = third.map { " src 198.19.\($0).1" } ?? ""
      scenario.foreign.append("route add \(four) dev \(dev)" + rest + source)
    case 8: scenario.foreign.append("route add \(four) via 198.19.0.7 dev \(dev) onlink" + rest)
    case 9:
      let extras = [" mtu 1400", " initcwnd 20", " tos 0x10", " scope link", " advmss 1300"]
      scenario.foreign.append("route add \(four) dev \(dev)" + rest + pick(extras))
    default: scenario.foreign.append("route add \(four) dev \(dev)" + rest)
    }
  }

  /// What routes are less often: of other types, with options, default routes, hosts.
  private mutating func addUncommonRoute(_ index: Int, hasUplink: Bool) {
    let dev = pick(["v0", "v0", "v2", "br0", "v3"] + (hasUplink ? ["up0"] : []))
    let rest = " table \(pick(["main", "100", "300", "70000"])) proto \(pick(Self.protocols))"
    let (four, six) = ("198.19.\(160 + index).0/24", "2001:db8:\(160 + index)::/64")
    scenario.foreign.append(
      pick([
        "route add default via 198.19.0.\(9 + index) dev \(dev) onlink metric \(500 + index)" + rest,
        "-6 route add default via fe80::\(70 + index) dev \(dev) metric \(500 + index)" + rest,
        "route add local 198.19.\(160 + index).1 dev \(dev) table local proto \(pick(Self.protocols))",
        "-6 route add local 2001:db8:\(160 + index)::1 dev \(dev) table local proto \(pick(Self.protocols))",
        "-6 route add anycast 2001:db8:\(160 + index)::2 dev \(dev)" + rest,
        "route add broadcast 198.19.\(160 + index).255 dev \(dev)" + rest,
        "route add multicast 224.1.\(index).0/24 dev \(dev)" + rest,
        "-6 route add multicast ff05::\(5 + index)/128 dev \(dev)" + rest,
        "route add \(four) via inet6 fe80::\(60 + index) dev \(dev)" + rest,
        "route add \(four) dev \(dev) quickack 1 congctl reno rto_min 20ms" + rest,
        "-6 route add \(six) dev \(dev) expires 900" + rest,
        "-6 route add \(six) dev \(dev) pref high mtu 1400" + rest,
        "-6 route add \(six) via fe80::\(50 + index) dev \(dev) onlink hoplimit 9" + rest,
        "-6 route add throw \(six)" + rest, "-6 route add blackhole default metric \(900 + index)" + rest,
        "route add \(four) proto \(pick(Self.protocols)) nexthop via 198.19.0.5 dev v3 onlink weight 3"
          + " nexthop via 198.19.0.6 dev \(dev) onlink weight 9",
        "route add \(four) dev \(dev) metric 4294967295" + rest,
        "-6 route add 2001:db8:\(160 + index)::9 dev \(dev)" + rest,
      ]))
    if once(in: 3) {
      // Its twin in another table, with another metric, or through another link.
      scenario.foreign.append("route add \(four) dev \(pick(["v0", "v2"])) metric 7" + rest)
      scenario.foreign.append("route add \(four) dev \(pick(["v0", "v2"])) metric 8" + rest)
    }
  }

  /// Rules with selectors and actions that few use, and of equal priority.
  private mutating func addUncommonRule(_ index: Int) {
    let family = once(in: 3) ? "-6 " : ""
    let prefix = family.isEmpty ? "198.19.\(160 + index).0/24" : "2001:db8:\(160 + index)::/64"
    let selector = pick([
      "not from \(prefix)", "from \(prefix) ipproto tcp dport 80", "from \(prefix) ipproto udp sport 1000-2000",
      "from \(prefix) uidrange 100-200", "from \(prefix) tos 0x10", "fwmark 0x7", "fwmark 0",
      "from \(prefix) to \(prefix)", "iif lo", "oif v3 iif v0", "iif nosuch",
    ])
    let action = pick([
      "lookup 200", "lookup main suppress_prefixlength 0", "lookup 300 suppress_ifgroup 5", "prohibit", "nop",
      "lookup 70000",
    ])
    let origin = pick(["", " protocol bird", " protocol zebra", " protocol static", " protocol 99"])
    let priority = pick([300, 300, 301, 30000 + index])
    scenario.foreign.append("\(family)rule add \(selector) \(action) pref \(priority)\(origin)")
  }

  private mutating func addRuleIPv6orIPv4(_ index: Int) {
    let six = once(in: 3)
    let prefix = six ? "2001:db8:\(100 + index)::/64" : "198.19.\(120 + index).0/24"
    let selector = pick([
      "from \(prefix)", "to \(prefix)", "fwmark 0x\(index + 1)/0xff", "iif v0", "oif v2", "from all",
      "from \(prefix) iif v3",
    ])
    let action = pick([
      "lookup 200", "lookup main", "lookup 70000", "blackhole", "unreachable", "lookup local", "goto 32766",
    ])
    let origin = pick([
      "", "", " protocol static", " protocol bird", " protocol kernel", " protocol dhcp", " protocol ra",
      " protocol 80",
    ])
    let priority = pick(["9", "10", "100", "111", "20000", "32765", "0"]) == "0" ? index : 100 + index
    scenario.foreign.append((six ? "-6 " : "") + "rule add \(selector) \(action) pref \(priority)\(origin)")
  }
}
