/// What the kernel does by itself when addresses and nexthop objects are deleted; no option of networkd changes it.
///
/// Sources: `fib_disable_ip`, `fib_sync_down_addr` and `fib_del_ifaddr` (net/ipv4), `__ipv6_ifa_notify`,
/// `nexthop_flush_dev` and `remove_nexthop` (net/ipv4/nexthop.c); tried on Linux 6.18.
struct KernelConsequences {
  struct Consequence {
    var why: String
    /// Whether the kernel makes the route again when the address comes back.
    var comesBackWithAddress: Bool
  }

  private let names: [UInt32: String]
  private let nexthops: Set<UInt32>
  /// Links that lose their last IPv4 address.
  private let bare: Set<UInt32>
  /// By address: whether it comes back.
  private var removed: [IPAddress: Bool] = [:]
  /// The same for each link: two links may have the same link-local address, as a bridge and its first port.
  private var removedFromLink: [AddressOnLink: Bool] = [:]
  /// The IPv4 routes that the kernel makes again with an address that comes back.
  private var returning: Set<AddressRoute> = []
  /// The prefixes that IPv6 links lose, with whether they come back.
  private var prefixes: [PrefixOnLink: Bool] = [:]

  private struct AddressRoute: Hashable {
    var destination: IPPrefix
    var index: UInt32
    var table: UInt32
  }

  private struct PrefixOnLink: Hashable {
    var prefix: IPPrefix
    var index: UInt32
  }

  init(
    _ removed: [LossPredictor.RemovedAddress], _ nexthops: Set<UInt32>, of addresses: [InterfaceAddress],
    names: [UInt32: String]
  ) {
    self.names = names
    self.nexthops = nexthops
    let gone = Set(removed.map(\.address))
    let staying = addresses.filter { !gone.contains($0) }
    let withIPv4 = Set(staying.filter { $0.family == .ipv4 }.map(\.index))
    bare = Set(removed.filter { $0.address.family == .ipv4 }.map(\.address.index)).subtracting(withIPv4)
    let kept = Set(staying.map(Self.prefix))
    for entry in removed where !staying.contains(where: { $0.address == entry.address.address }) {
      self.removed[entry.address.address] = entry.isPutBack
    }
    for entry in removed {
      removedFromLink[AddressOnLink(address: entry.address.address, index: entry.address.index)] = entry.isPutBack
    }
    for entry in removed where entry.isPutBack && entry.address.family == .ipv4 {
      returning.formUnion(Self.routes(of: entry.address))
    }
    for entry in removed where Self.holdsPrefix(entry.address) && !kept.contains(Self.prefix(entry.address)) {
      let prefix = Self.prefix(entry.address)
      prefixes[prefix] = prefixes[prefix] ?? false || entry.isPutBack
    }
  }

  /// The routes that the kernel makes for an IPv4 address: to it, to its network and to its broadcast addresses. Others
  /// may call their routes the kernel's, and those do not come back. Source: `fib_add_ifaddr`, net/ipv4/fib_frontend.c.
  private static func routes(of address: InterfaceAddress) -> [AddressRoute] {
    let network = prefix(address).prefix
    let last = IPAddress(ipv4: UInt32(truncatingIfNeeded: network.address.low | 0xFFFF_FFFF >> UInt64(network.length)))
    let broadcast = [address.broadcast, last].compactMap(\.self)
    let inLocal = ([address.address, network.address] + broadcast).map { IPPrefix($0, length: 32) }
    return inLocal.map { AddressRoute(destination: $0, index: address.index, table: RouteTable.local) }
      + [AddressRoute(destination: network, index: address.index, table: RouteTable.main)]
  }

  private func comesBack(_ route: Route) -> Bool {
    guard route.protocol == .kernel, let index = route.outgoingInterface else { return false }
    return returning.contains(AddressRoute(destination: route.destination, index: index, table: route.table))
  }

  /// Whether the route of its prefix goes with an IPv6 address: not with one that expires, nor with one that brought
  /// none. Source: `ipv6_del_addr`, net/ipv6/addrconf.c.
  private static func holdsPrefix(_ address: InterfaceAddress) -> Bool {
    address.flags & InterfaceAddress.permanent != 0 && address.flags & InterfaceAddress.withoutPrefixRoute == 0
  }

  private static func prefix(_ address: InterfaceAddress) -> PrefixOnLink {
    let base = (address.peer ?? address.address).masked(to: address.prefixLength)
    return PrefixOnLink(prefix: IPPrefix(base, length: address.prefixLength), index: address.index)
  }

  /// Nil if the kernel leaves the route.
  func consequence(for route: Route) -> Consequence? {
    if let id = route.nexthopID {
      guard nexthops.contains(id) else { return nil }
      return Consequence(why: "the kernel deletes every route through nexthop \(id)", comesBackWithAddress: false)
    }
    return route.family == .ipv4 ? consequenceIPv4(route) : consequenceIPv6(route)
  }

  private func consequenceIPv4(_ route: Route) -> Consequence? {
    let isKernels = route.protocol == .kernel
    let links = route.interfaces
    if !links.isEmpty, links.allSatisfy(bare.contains), let first = links.first {
      let name = names[first] ?? "if\(first)"
      let why = "the last IPv4 address of `\(name)` goes, and the kernel deletes every IPv4 route of the link"
      return Consequence(why: why, comesBackWithAddress: comesBack(route))
    }
    // The kernel looks for routes with a source address only in `main` and deletes its own with their address.
    if let source = route.preferredSource, removed[source] != nil, route.table == RouteTable.main || isKernels {
      return Consequence(why: "its source address \(source) goes", comesBackWithAddress: comesBack(route))
    }
    let address = route.destination.address
    guard isKernels, route.type == .local, route.table == RouteTable.local, removed[address] != nil else { return nil }
    return Consequence(why: "the address \(address) goes", comesBackWithAddress: comesBack(route))
  }

  private func consequenceIPv6(_ route: Route) -> Consequence? {
    if let source = route.preferredSource, removed[source] != nil {
      return Consequence(why: "its source address \(source) goes", comesBackWithAddress: false)
    }
    guard route.protocol == .kernel, let index = route.outgoingInterface else { return nil }
    let own = AddressOnLink(address: route.destination.address, index: index)
    if route.type == .local || route.type == .anycast, let back = removedFromLink[own] {
      return Consequence(why: "the address \(route.destination.address) goes", comesBackWithAddress: back)
    }
    guard route.type == .unicast, let back = prefixes[PrefixOnLink(prefix: route.destination, index: index)] else {
      return nil
    }
    return Consequence(why: "the last address of \(route.destination) on the link goes", comesBackWithAddress: back)
  }
}
