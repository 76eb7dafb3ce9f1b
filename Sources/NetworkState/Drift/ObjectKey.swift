/// What makes two messages be about the same object, as the kernel keys it.
///
/// Sources: `fib_table_insert` (IPv4: table, prefix, DSCP, priority), `fib6_add` (IPv6: table, both prefixes, metric),
/// `fib_rule` (everything but what it does), `nexthop` (id), `ifaddr` (link, address, prefix), `neigh_table` (link,
/// address), `ifindex`.
struct ObjectKey: Hashable {
  private var kind: NetworkObjectKind
  private var number: UInt64
  private var first: IPPrefix?
  private var second: IPPrefix?
  private var detail: UInt64
  private var names: [String]

  init(_ frame: MessageFrame) {
    kind = frame.kind
    number = 0
    detail = 0
    names = []
    switch frame.kind {
    case .route: if let route = Route(frame) { take(route) }
    case .rule: if let rule = PolicyRule(frame) { take(rule, tos: RouteHeader(frame.body)?.tos ?? 0) }
    case .nexthop: number = UInt64(Nexthop(frame)?.id ?? 0)
    case .link: number = UInt64(Link(frame)?.index ?? 0)
    case .address:
      guard let address = InterfaceAddress(frame) else { break }
      number = UInt64(address.index)
      first = address.prefix
      second = address.peer.map { IPPrefix($0, length: address.prefixLength) }
    case .neighbour:
      guard let neighbour = Neighbour(frame) else { break }
      number = UInt64(neighbour.index)
      first = IPPrefix(neighbour.address, length: neighbour.address.family.bitCount)
    }
  }

  private mutating func take(_ route: Route) {
    number = UInt64(route.table) << 32 | UInt64(route.priority)
    first = route.destination
    second = route.source
    detail = UInt64(route.tos)
  }

  private mutating func take(_ rule: PolicyRule, tos: UInt8) {
    number = UInt64(rule.priority) << 32 | UInt64(rule.mark)
    first = rule.source
    second = rule.destination
    detail = UInt64(tos) << 8 | UInt64(rule.family.rawValue)
    names = [rule.incomingInterface ?? "", rule.outgoingInterface ?? ""]
  }
}
