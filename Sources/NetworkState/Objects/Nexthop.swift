/// A nexthop object: what routes with its id go through.
public struct Nexthop: Hashable, Sendable {
  public var id: UInt32
  /// The raw address family; 0 for a group.
  public var family: UInt8
  public var `protocol`: RouteProtocol
  public var outgoingInterface: UInt32?
  public var gateway: IPAddress?
  /// The ids of a group's members; empty if it is not a group.
  public var members: [UInt32]
  public var isBlackhole: Bool

  /// Nil for a message of another kind.
  init?(_ frame: MessageFrame) {
    guard frame.kind == .nexthop, let header = NexthopHeader(frame.body) else { return nil }
    id = 0
    family = header.family
    `protocol` = RouteProtocol(rawValue: header.protocol)
    members = []
    isBlackhole = false
    for attribute in AttributeCursor(frame.attributes) { take(attribute) }
  }

  private mutating func take(_ attribute: AttributeCursor.Element) {
    let payload = attribute.payload
    switch NexthopAttribute(rawValue: attribute.type) {
    case .id: id = payload.load(UInt32.self, at: 0) ?? 0
    case .outgoingInterface: outgoingInterface = payload.load(UInt32.self, at: 0)
    case .gateway: gateway = IPAddress(payload)
    case .blackhole: isBlackhole = true
    case .group:
      members = stride(from: 0, to: payload.count, by: NexthopMember.size).compactMap {
        NexthopMember(payload, at: $0)?.id
      }
    default: break
    }
  }
}
