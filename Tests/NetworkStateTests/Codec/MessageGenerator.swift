import TestSupport
@testable import NetworkState

/// Random messages that the types can express, with the format that each attribute has.
struct MessageGenerator {
  var seed: Seed

  mutating func message() -> RoutingMessage {
    let kind = NetworkObjectKind.allCases[seed.below(NetworkObjectKind.allCases.count)]
    let fixed = header(kind)
    let table = AttributeTable.table(for: kind)
    return RoutingMessage(
      type: type(kind), flags: seed.number(), sequence: seed.number(), port: seed.number(), fixed: fixed,
      attributes: attributes(table, depth: 0))
  }

  private func type(_ kind: NetworkObjectKind) -> NetlinkMessageType {
    switch kind {
    case .link: .newLink
    case .address: .deleteAddress
    case .nexthop: .newNexthop
    case .route: .newRoute
    case .rule: .newRule
    case .neighbour: .newNeighbour
    }
  }

  private mutating func header(_ kind: NetworkObjectKind) -> FixedHeader {
    let bytes = seed.bytes(FixedHeader.size(of: kind))
    return bytes.withUnsafeBytes { FixedHeader(kind, $0) } ?? .route(RouteHeader(family: 2))
  }

  private mutating func attributes(_ table: AttributeTable, depth: Int) -> [NetlinkAttribute] {
    (0..<seed.below(depth > 2 ? 1 : 8)).map { _ in
      let type: UInt16 = UInt16(seed.below(70))
      let value = value(table.format(of: type), depth: depth)
      return NetlinkAttribute(type: type, flags: seed.number(), value: value)
    }
  }

  private mutating func value(_ format: AttributeFormat, depth: Int) -> AttributeValue {
    switch format {
    case .uint8: .uint8(seed.number())
    case .uint16: .uint16(seed.number())
    case .uint32: .uint32(seed.number())
    case .uint64: .uint64(seed.number())
    case .text: .text(String((0..<seed.below(16)).map { _ in ["a", "ß", "0", "€", "-"][seed.below(5)] }.joined()))
    case .ipAddress:
      seed.below(2) == 0
        ? .ipAddress(IPAddress(ipv4: seed.number()))
        : .ipAddress(IPAddress(ipv6High: seed.number(), low: seed.number()))
    case .words: .words((0...seed.below(8)).map { _ in seed.number() })
    case .nested(let table): .nested(attributes(table, depth: depth + 1))
    case .legs:
      .legs(
        (0..<seed.below(5)).map { _ in
          RouteLeg(
            flags: seed.number(), hops: seed.number(), index: seed.number(), attributes: attributes(.leg, depth: 2))
        })
    case .via: .via(family: seed.number(), address: seed.bytes(seed.below(20)))
    case .members:
      .members(
        (0..<seed.below(5)).map { _ in
          NexthopMember(id: seed.number(), weight: seed.number(), weightHigh: seed.number())
        })
    case .bytes: .bytes(seed.bytes(seed.below(40)))
    }
  }
}
