/// Turns what the kernel said of an object into the request that makes it again.
///
/// A dump and a request are not the same: the kernel refuses flags that only it sets, the copy of a nexthop object in a
/// route, and the scope of a nexthop; and it takes an expiry in another attribute than it tells it.
struct RestoreRequest {
  private enum Flag {
    /// `NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE`, linux/netlink.h.
    static let create: UInt16 = 0x405
    static let exclusive: UInt16 = 0x200
    static let replace: UInt16 = 0x100
    /// `NLM_F_REQUEST | NLM_F_ACK`.
    static let delete: UInt16 = 0x5
    static let append: UInt16 = 0x800
    /// `RTNH_F_ONLINK`, linux/rtnetlink.h.
    static let onLink: UInt32 = 4
    /// `FIB_RULE_INVERT`, linux/fib_rules.h.
    static let invert: UInt32 = 2
    /// `IFA_F_NODAD`, `HOMEADDRESS`, `MANAGETEMPADDR`, `NOPREFIXROUTE`, `MCAUTOJOIN`, `STABLE_PRIVACY`.
    static let address: UInt32 = 0xF12
  }

  /// Seconds since the object was seen.
  let elapsed: UInt32

  /// The request; nil if the object's time is over, or it is none that can be asked for.
  /// With `replacing` it takes the place of what has its key, except that rules have no such request.
  func request(for message: RoutingMessage, replacing: Bool = false) -> RoutingMessage? {
    var request = message
    request.sequence = 0
    request.port = 0
    request.flags = Flag.create | Flag.exclusive
    switch message.fixed {
    case .route(let header): adapt(&request, header)
    case .rule(var header):
      header.flags &= Flag.invert
      request.fixed = .rule(header)
    case .nexthop(let header): adapt(&request, header)
    case .address(let header):
      guard adapt(&request, header) else { return nil }
    case .neighbour:
      request.attributes.removeAll { [NeighbourAttribute.cacheInfo, .probes].map(\.rawValue).contains($0.type) }
    case .link: return nil
    }
    if replacing, message.fixed.kind != .rule { request.flags = Flag.create | Flag.replace }
    return request
  }

  /// Whether the request for an object depends on when it is made.
  static func isTimed(_ message: RoutingMessage) -> Bool {
    switch message.fixed {
    case .address:
      guard case .words(let words) = message.value(AddressAttribute.cacheInfo) else { return false }
      return words.prefix(2).contains { $0 != .max }
    case .route:
      guard case .words(let words) = message.value(RouteAttribute.cacheInfo), words.count > 2 else { return false }
      return Int32(bitPattern: words[2]) > 0
    case .link, .neighbour, .nexthop, .rule: return false
    }
  }

  /// The request that takes an object away; nil for links and for what comes and goes with them.
  func deletion(of message: RoutingMessage) -> RoutingMessage? {
    if RestorePlan.comesByItself(message) { return nil }
    // An address whose time is over is there all the same.
    guard var deletion = RestoreRequest(elapsed: 0).request(for: message) else { return nil }
    deletion.type = NetlinkMessageType(rawValue: deletion.type.rawValue + 1)
    deletion.flags = Flag.delete
    switch deletion.fixed {
    case .nexthop: deletion.attributes.removeAll { $0.type != NexthopAttribute.id.rawValue }
    case .route: deletion.attributes.removeAll { $0.type == RouteAttribute.expires.rawValue }
    default: break
    }
    return deletion
  }

  /// The request that sets a link up.
  static func up(_ link: Link) -> RoutingMessage {
    let header = LinkHeader(hardwareType: 0, index: Int32(bitPattern: link.index), flags: 1, changeMask: 1)
    return RoutingMessage(type: .newLink, flags: 0x5, fixed: .link(header), attributes: [])
  }

  private func adapt(_ request: inout RoutingMessage, _ header: RouteHeader) {
    var header = header
    header.flags &= Flag.onLink
    request.fixed = .route(header)
    // Several IPv4 routes may have one key; for IPv6 appending would make them one multipath route.
    if header.family == AddressFamily.ipv4.rawValue { request.flags = Flag.create | Flag.append }
    let isByObject = request.value(RouteAttribute.nexthopID) != nil
    let copied: Set<UInt16> = Set(
      [RouteAttribute.gateway, .outgoingInterface, .via, .multipath, .encapsulation, .encapsulationType].map(\.rawValue)
    )
    if case .words(let words) = request.value(RouteAttribute.cacheInfo), words.count > 2,
      Int32(bitPattern: words[2]) > 0
    {
      // The kernel tells hundredths of a second and takes seconds.
      let left = max(1, Int64(words[2] / 100) - Int64(elapsed))
      request.attributes.append(.init(type: RouteAttribute.expires.rawValue, value: .uint32(UInt32(clamping: left))))
    }
    request.attributes.removeAll { attribute in
      attribute.type == RouteAttribute.cacheInfo.rawValue || isByObject && copied.contains(attribute.type)
    }
    for index in request.attributes.indices {
      guard case .legs(var legs) = request.attributes[index].value else { continue }
      for leg in legs.indices { legs[leg].flags &= UInt8(Flag.onLink) }
      request.attributes[index].value = .legs(legs)
    }
  }

  private func adapt(_ request: inout RoutingMessage, _ header: NexthopHeader) {
    var header = header
    header.scope = 0
    header.flags &= Flag.onLink
    request.fixed = .nexthop(header)
    let known: Set<UInt16> = Set(
      [
        NexthopAttribute.id, .group, .groupType, .blackhole, .outgoingInterface, .gateway, .encapsulation,
        .encapsulationType, .fdb, .resilientGroup,
      ].map(\.rawValue))
    request.attributes.removeAll { !known.contains($0.type) }
    for index in request.attributes.indices {
      guard case .nested(var nest) = request.attributes[index].value,
        request.attributes[index].type == NexthopAttribute.resilientGroup.rawValue
      else { continue }
      nest.removeAll { $0.type == ResilientGroupAttribute.unbalancedTime.rawValue }
      request.attributes[index].value = .nested(nest)
    }
  }

  /// False if the address's time is over.
  private func adapt(_ request: inout RoutingMessage, _ header: AddressHeader) -> Bool {
    var header = header
    header.flags &= UInt8(truncatingIfNeeded: Flag.address)
    request.fixed = .address(header)
    for index in request.attributes.indices {
      switch (AddressAttribute(rawValue: request.attributes[index].type), request.attributes[index].value) {
      case (.flags, .uint32(let flags)): request.attributes[index].value = .uint32(flags & Flag.address)
      case (.cacheInfo, .words(let words)) where words.count >= 2:
        guard words[1] == .max || words[1] > elapsed else { return false }
        let left = words.prefix(2).map { $0 == .max ? $0 : $0 - min($0, elapsed) }
        request.attributes[index].value = .words(left + [0, 0])
      default: break
      }
    }
    return true
  }
}
