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
  /// The prefixes that IPv6 links lose, with whether they come back.
  private var prefixes: [PrefixOnLink: Bool] = [:]

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
    for entry in removed where Self.holdsPrefix(entry.address) && !kept.contains(Self.prefix(entry.address)) {
      let prefix = Self.prefix(entry.address)
      prefixes[prefix] = prefixes[prefix] ?? false || entry.isPutBack
    }
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
    let back = route.preferredSource.flatMap { removed[$0] }
    let links = route.interfaces
    if !links.isEmpty, links.allSatisfy(bare.contains), let first = links.first {
      let name = names[first] ?? "if\(first)"
      let why = "the last IPv4 address of `\(name)` goes, and the kernel deletes every IPv4 route of the link"
      return Consequence(why: why, comesBackWithAddress: isKernels && back == true)
    }
    // The kernel looks for routes with a source address only in `main` and deletes its own with their address.
    guard let back, let source = route.preferredSource, route.table == RouteTable.main || isKernels else { return nil }
    return Consequence(why: "its source address \(source) goes", comesBackWithAddress: isKernels && back)
  }

  private func consequenceIPv6(_ route: Route) -> Consequence? {
    if let source = route.preferredSource, removed[source] != nil {
      return Consequence(why: "its source address \(source) goes", comesBackWithAddress: false)
    }
    guard route.protocol == .kernel, let index = route.outgoingInterface else { return nil }
    if route.type == .local || route.type == .anycast, let back = removed[route.destination.address] {
      return Consequence(why: "the address \(route.destination.address) goes", comesBackWithAddress: back)
    }
    guard route.type == .unicast, let back = prefixes[PrefixOnLink(prefix: route.destination, index: index)] else {
      return nil
    }
    return Consequence(why: "the last address of \(route.destination) on the link goes", comesBackWithAddress: back)
  }
}
