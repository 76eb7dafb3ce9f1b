import TestSupport
import NetworkState

/// Random `ip` commands over the links of ``SnapshotReaderTests/links``.
struct RandomObjects {
  private var seed: Seed

  init(seed: UInt64) { self.seed = Seed(value: seed) }

  private mutating func pick<T>(_ choices: [T]) -> T { choices[seed.below(choices.count)] }

  mutating func routes(_ count: Int) -> [String] { (0..<count).map { _ in route() } }

  mutating func rules(_ count: Int) -> [String] { (0..<count).map { _ in rule() } }

  /// About `count` objects of every kind but links, in an order in which the kernel takes them.
  mutating func everything(_ count: Int) -> [String] {
    let nexthops = count / 12
    return (0..<(count / 25)).map { address($0) } + (0..<(count / 25)).map { neighbour($0) }
      + (0..<nexthops).map { nexthop($0) } + (0..<(nexthops / 2)).map { group($0, of: nexthops) }
      + (0..<(count / 10)).map { _ in nexthopRoute(nexthops) } + routes(count * 6 / 10) + rules(count / 10)
  }

  private mutating func address(_ number: Int) -> String {
    let end = pick(["", "", " valid_lft 3600 preferred_lft 1800", " noprefixroute"])
    return seed.below(3) == 0
      ? "-6 addr add 2001:db8:aaaa:\(String(number, radix: 16))::1/64 dev v\(seed.below(4)) nodad" + end
      : "addr add 198.18.\(16 + number / 64).\(4 * (number % 64) + 1)/30 dev v\(seed.below(4))" + end
  }

  private mutating func neighbour(_ number: Int) -> String {
    let hardware = "02:00:00:00:\(hex(2)):\(hex(2))"
    return seed.below(3) == 0
      ? "-6 neigh add 2001:db8:1::\(String(number + 1, radix: 16)) lladdr \(hardware) dev v0 nud permanent"
      : "neigh add 198.18.\(200 + number / 250).\(number % 250 + 1) lladdr \(hardware) dev v1 nud permanent"
  }

  private mutating func nexthop(_ number: Int) -> String {
    let origin = pick(["", " proto zebra", " proto bird"])
    switch seed.below(4) {
    case 0: return "nexthop add id \(1000 + number) via fe80::\(1 + seed.below(99)) dev v\(seed.below(4))" + origin
    case 1: return "nexthop add id \(1000 + number) dev v\(seed.below(4))" + origin
    default: return "nexthop add id \(1000 + number) via 198.18.0.\(2 + seed.below(250)) dev v0" + origin
    }
  }

  private mutating func group(_ number: Int, of nexthops: Int) -> String {
    let members = Set((0..<3).map { _ in 1000 + seed.below(nexthops) }).sorted()
    return "nexthop add id \(50000 + number) group "
      + members.map { "\($0)" + pick(["", ",\(1 + seed.below(9))"]) }.joined(separator: "/")
  }

  /// Refused if the nexthop is of the other family.
  private mutating func nexthopRoute(_ nexthops: Int) -> String {
    let id = pick([1000 + seed.below(nexthops), 50000 + seed.below(nexthops / 2)])
    return "route add 198.19.\(seed.below(256)).\(4 * seed.below(64))/30 table \(pick([100, 254, 70000])) nhid \(id)"
      + pick(["", " proto bird", " proto 80"])
  }

  private mutating func route() -> String {
    let isIPv6 = seed.below(3) == 0
    let length = isIPv6 ? 48 + seed.below(80) : 16 + seed.below(17)
    let address =
      isIPv6
      ? IPAddress(ipv6High: 0x2001_0DB8_0000_0000 | UInt64(seed.next() >> 32), low: seed.next())
      : IPAddress(ipv4: 0xC613_0000 | UInt32(seed.below(65536)))
    let destination = address.masked(to: UInt8(length))
    let table = pick(["", "", " table 100", " table 200", " table 255", " table 1000", " table 70000"])
    let origin = pick(["", " proto static", " proto dhcp", " proto ra", " proto bird", " proto 80", " proto 99"])
    let metric = pick(["", " metric \(seed.below(5000))"])
    let prefix = isIPv6 ? "-6 " : ""
    let target = isIPv6 ? target6() : target4()
    return "\(prefix)route add \(target.type)\(destination)/\(length)\(table)\(origin)\(metric)\(target.way)"
  }

  private mutating func target4() -> (type: String, way: String) {
    switch seed.below(8) {
    case 0: (pick(["blackhole ", "unreachable ", "prohibit ", "throw "]), "")
    case 1:
      ("", " nexthop via 198.18.0.\(2 + seed.below(200)) weight \(1 + seed.below(9)) nexthop via 198.18.2.9 dev v2")
    case 2: ("", " dev v\(seed.below(4)) scope link")
    case 3: ("", " via 198.18.0.3 mtu \(1200 + seed.below(300)) advmss 1000")
    default: ("", " via 198.18.0.\(2 + seed.below(250))" + pick(["", " src 198.18.0.1", " onlink dev v0"]))
    }
  }

  private mutating func target6() -> (type: String, way: String) {
    switch seed.below(5) {
    case 0: (pick(["blackhole ", "unreachable ", "prohibit "]), "")
    case 1: ("", " nexthop via fe80::\(1 + seed.below(9)) dev v0 nexthop via fe80::1 dev v2 weight 4")
    default: ("", " via fe80::\(1 + seed.below(99)) dev v\(seed.below(4))" + pick(["", " pref low", " expires 900"]))
    }
  }

  private mutating func rule() -> String {
    let family = pick(["", "-6 "])
    let from = family.isEmpty ? "198.18.\(seed.below(256)).0/24" : "2001:db8:\(hex())::/48"
    let selector = pick([
      " from \(from)", " to \(from)", " fwmark \(seed.below(900))", " fwmark 1/0xff", " iif v0", " oif v2 from \(from)",
      " not from \(from)", " ipproto udp dport \(1 + seed.below(60000))", " uidrange 0-\(seed.below(9999))",
    ])
    let action = pick([" lookup \(1 + seed.below(99999))", " blackhole", " unreachable", " prohibit", " lookup main"])
    let origin = pick(["", " protocol static", " protocol bird", " protocol 99"])
    return "\(family)rule add pref \(1 + seed.below(30000))\(selector)\(action)\(origin)"
  }

  private mutating func hex(_ digits: Int = 4) -> String {
    let text = String(seed.below(1 << (4 * digits)), radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }
}
