@testable import NetworkState

/// Messages as the kernel would send them, made by hand.
enum RouteMaker {
  static func route(
    _ destination: String, table: UInt32 = 254, protocol origin: RouteProtocol = .boot, type: RouteType = .unicast,
    dev: UInt32? = nil, via: String? = nil, metric: UInt32? = nil, source: String? = nil, nexthop: UInt32? = nil,
    legs: [UInt32] = [], expires: UInt32? = nil, tos: UInt8 = 0
  ) throws -> RoutingMessage {
    let prefix = IPPrefix(destination) ?? .all(.ipv4)
    var attributes: [NetlinkAttribute] = []
    func add(_ kind: RouteAttribute, _ value: AttributeValue?) {
      if let value { attributes.append(NetlinkAttribute(type: kind.rawValue, value: value)) }
    }
    add(.table, .uint32(table))
    add(.destination, .ipAddress(prefix.address))
    add(.priority, metric.map(AttributeValue.uint32))
    add(.preferredSource, source.flatMap { IPAddress($0) }.map(AttributeValue.ipAddress))
    add(.nexthopID, nexthop.map(AttributeValue.uint32))
    add(.gateway, via.flatMap { IPAddress($0) }.map(AttributeValue.ipAddress))
    add(.outgoingInterface, dev.map(AttributeValue.uint32))
    if !legs.isEmpty { add(.multipath, .legs(legs.map { RouteLeg(index: Int32($0)) })) }
    add(.cacheInfo, expires.map { .words([0, 0, $0, 0, 0, 0, 0, 0]) })
    let header = RouteHeader(
      family: prefix.address.family.rawValue, destinationLength: prefix.length, tos: tos,
      table: UInt8(clamping: table), protocol: origin.rawValue, type: type.rawValue)
    return RoutingMessage(type: .newRoute, fixed: .route(header), attributes: attributes)
  }

  /// `generation` is the mode in which the kernel makes link-local IPv6 addresses.
  static func link(
    _ index: UInt32, _ name: String, kind: String? = nil, flags: UInt32 = 0x11043, generation: UInt8? = nil
  ) -> RoutingMessage {
    var attributes = [NetlinkAttribute(type: LinkAttribute.name.rawValue, value: .text(name))]
    if let kind {
      let nest = [NetlinkAttribute(type: LinkInformationAttribute.kind.rawValue, value: .text(kind))]
      attributes.append(NetlinkAttribute(type: LinkAttribute.information.rawValue, value: .nested(nest)))
    }
    if let generation {
      let mode = NetlinkAttribute(type: 8, value: .uint8(generation))
      let family = NetlinkAttribute(type: 10, value: .nested([mode]))
      attributes.append(NetlinkAttribute(type: LinkAttribute.perFamily.rawValue, value: .nested([family])))
    }
    let header = LinkHeader(hardwareType: name == "lo" ? 772 : 1, index: Int32(index), flags: flags)
    return RoutingMessage(type: .newLink, fixed: .link(header), attributes: attributes)
  }

  static func address(_ prefix: String, dev: UInt32, valid: UInt32 = .max) -> RoutingMessage {
    let prefix = IPPrefix(prefix) ?? .all(.ipv4)
    let family = prefix.address.family
    return RoutingMessage(
      type: .newAddress,
      fixed: .address(AddressHeader(family: family.rawValue, prefixLength: prefix.length, index: dev)),
      attributes: [
        NetlinkAttribute(type: AddressAttribute.address.rawValue, value: .ipAddress(prefix.address)),
        NetlinkAttribute(type: AddressAttribute.local.rawValue, value: .ipAddress(prefix.address)),
        NetlinkAttribute(type: AddressAttribute.cacheInfo.rawValue, value: .words([valid, valid, 1, 1])),
      ])
  }

  static func rule(
    _ priority: UInt32, protocol origin: RouteProtocol? = nil, table: UInt32 = 200, family: UInt8 = 2,
    iif: String? = nil, from source: String? = nil, to destination: String? = nil, mark: UInt32? = nil
  ) -> RoutingMessage {
    var attributes = [
      NetlinkAttribute(type: RuleAttribute.priority.rawValue, value: .uint32(priority)),
      NetlinkAttribute(type: RuleAttribute.table.rawValue, value: .uint32(table)),
    ]
    if let origin { attributes.append(.init(type: RuleAttribute.protocol.rawValue, value: .uint8(origin.rawValue))) }
    let (source, destination) = (source.flatMap { IPPrefix($0) }, destination.flatMap { IPPrefix($0) })
    if let source { attributes.append(.init(type: RuleAttribute.source.rawValue, value: .ipAddress(source.address))) }
    if let destination {
      attributes.append(.init(type: RuleAttribute.destination.rawValue, value: .ipAddress(destination.address)))
    }
    if let mark { attributes.append(.init(type: RuleAttribute.mark.rawValue, value: .uint32(mark))) }
    if let iif { attributes.append(.init(type: RuleAttribute.incomingInterface.rawValue, value: .text(iif))) }
    return RoutingMessage(
      type: .newRule,
      fixed: .rule(
        RouteHeader(
          family: family, destinationLength: destination?.length ?? 0, sourceLength: source?.length ?? 0,
          table: UInt8(clamping: table), type: 1)),
      attributes: attributes)
  }

  static func nexthop(
    _ id: UInt32, dev: UInt32? = nil, members: [UInt32] = [], protocol origin: RouteProtocol = .boot
  ) -> RoutingMessage {
    var attributes = [NetlinkAttribute(type: NexthopAttribute.id.rawValue, value: .uint32(id))]
    if let dev { attributes.append(.init(type: NexthopAttribute.outgoingInterface.rawValue, value: .uint32(dev))) }
    if !members.isEmpty {
      let group = members.map { NexthopMember(id: $0) }
      attributes.append(.init(type: NexthopAttribute.group.rawValue, value: .members(group)))
    }
    let family: UInt8 = members.isEmpty ? 2 : 0
    return RoutingMessage(
      type: .newNexthop, fixed: .nexthop(NexthopHeader(family: family, protocol: origin.rawValue)),
      attributes: attributes)
  }

  static func neighbour(_ address: String, dev: UInt32) -> RoutingMessage {
    let address = IPAddress(address) ?? .unspecified(.ipv4)
    return RoutingMessage(
      type: .newNeighbour,
      fixed: .neighbour(NeighbourHeader(family: address.family.rawValue, index: Int32(dev), state: 0x80)),
      attributes: [NetlinkAttribute(type: NeighbourAttribute.destination.rawValue, value: .ipAddress(address))])
  }
}

extension NetworkSnapshot {
  /// A snapshot of messages of any kinds.
  init(_ messages: [RoutingMessage]) throws {
    self.init()
    for message in messages {
      try self[message.fixed.kind].append(contentsOf: MessageTable(adopting: message.encoded()))
    }
  }
}
