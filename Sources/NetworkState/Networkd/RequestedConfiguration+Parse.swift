/// What the sections `[Network]`, `[Address]`, `[Route]`, `[RoutingPolicyRule]`, `[NextHop]` and `[Neighbor]` ask for.
/// What depends on a lease (`Gateway=_dhcp4`) is not in it, nor what cannot be read.
extension RequestedConfiguration {
  init(_ text: ConfigurationText) {
    self.init()
    let network = text.merged("Network")
    addresses = network.values("Address").compactMap { IPPrefix($0) }
    addresses += text.sections("Address").compactMap { $0["Address"].flatMap { IPPrefix($0) } }
    let stated = text.sections("Address").filter { $0["Broadcast"].map { IPAddress($0) != nil } ?? false }
    addressesWithBroadcast = Set(stated.compactMap { $0["Address"].flatMap { IPPrefix($0) } })
    routes = network.values("Gateway").compactMap { IPAddress($0) }.map { gateway in
      Route(destination: .all(gateway.family), gateway: gateway, table: nil, metric: nil, type: .unicast)
    }
    routes += text.sections("Route").compactMap(Self.route)
    rules = text.sections("RoutingPolicyRule").flatMap(Self.rules)
    nexthops = Set(text.sections("NextHop").compactMap { $0["Id"].flatMap { UInt32($0) } })
    neighbours = Set(text.sections("Neighbor").compactMap { $0["Address"].flatMap { IPAddress($0) } })
  }

  private static func route(_ section: ConfigurationText.Section) -> Route? {
    let gateway = section["Gateway"].flatMap { IPAddress($0) }
    guard let destination = section["Destination"].flatMap({ IPPrefix($0) }) ?? gateway.map({ .all($0.family) }) else {
      return nil
    }
    let base = IPPrefix(destination.address.masked(to: destination.length), length: destination.length)
    return Route(
      destination: base, gateway: gateway, table: section["Table"].flatMap(table),
      metric: section["Metric"].flatMap { UInt32($0) }, type: routeType(section["Type"]))
  }

  private static func routeType(_ text: String?) -> RouteType {
    switch text {
    case "local": .local
    case "broadcast": .broadcast
    case "anycast": .anycast
    case "multicast": .multicast
    case "blackhole": .blackhole
    case "unreachable": .unreachable
    case "prohibit": .prohibit
    case "throw": .throw
    default: .unicast
    }
  }

  private static func table(_ text: String) -> UInt32? {
    switch text {
    case "default": RouteTable.default
    case "main": RouteTable.main
    case "local": RouteTable.local
    default: UInt32(text)
    }
  }

  /// One rule, or one for each family if it says `Family=both`.
  private static func rules(_ section: ConfigurationText.Section) -> [Rule] {
    let source = section["From"].flatMap { IPPrefix($0) }
    let destination = section["To"].flatMap { IPPrefix($0) }
    let families: [AddressFamily] =
      switch section["Family"] {
      case "both": [.ipv4, .ipv6]
      case "ipv6": [.ipv6]
      case "ipv4": [.ipv4]
      default: [(source ?? destination)?.address.family ?? .ipv4]
      }
    let mark = section["FirewallMark"].flatMap { number($0.prefix { $0 != "/" }) }
    return families.map { family in
      Rule(
        family: family, priority: section["Priority"].flatMap { UInt32($0) }, table: section["Table"].flatMap(table),
        source: source, destination: destination, mark: mark, incomingInterface: section["IncomingInterface"],
        outgoingInterface: section["OutgoingInterface"], isOfBothFamilies: families.count > 1)
    }
  }

  private static func number(_ text: Substring) -> UInt32? {
    text.hasPrefix("0x") ? UInt32(text.dropFirst(2), radix: 16) : UInt32(text)
  }
}
