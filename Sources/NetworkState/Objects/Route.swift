/// What of a route decides how the kernel keys it, who owns it and what it hangs on.
///
/// Everything else (metrics, encapsulation, ...) is in the ``RoutingMessage`` at the same place of the table.
public struct Route: Hashable, Sendable {
  public var family: AddressFamily
  public var destination: IPPrefix
  public var source: IPPrefix?
  public var tos: UInt8
  public var table: UInt32
  public var `protocol`: RouteProtocol
  public var scope: UInt8
  public var type: RouteType
  public var flags: UInt32
  /// The metric; 0 if the message has none.
  public var priority: UInt32
  /// The index of the link that packets leave by; nil for a multipath route and for some of type `blackhole`.
  public var outgoingInterface: UInt32?
  public var gateway: IPAddress?
  public var preferredSource: IPAddress?
  public var nexthopID: UInt32?
  /// Whether the kernel will delete it when its time is over.
  public var expires: Bool
  /// The legs of a multipath route.
  public var legs: [Leg]

  /// One leg of a multipath route.
  public struct Leg: Hashable, Sendable {
    public var index: UInt32
    public var gateway: IPAddress?
  }

  /// Every link that the route names itself; not those of its nexthop object.
  public var interfaces: [UInt32] {
    outgoingInterface.map { [$0] } ?? legs.map(\.index)
  }

  /// Nil for a message of another kind, and for a family other than IPv4 and IPv6.
  init?(_ frame: MessageFrame) {
    guard frame.kind == .route, let header = RouteHeader(frame.body),
      let family = AddressFamily(rawValue: header.family)
    else { return nil }
    self.family = family
    destination = .all(family)
    destination.length = header.destinationLength
    tos = header.tos
    table = UInt32(header.table)
    `protocol` = RouteProtocol(rawValue: header.protocol)
    scope = header.scope
    type = RouteType(rawValue: header.type)
    flags = header.flags
    priority = 0
    legs = []
    expires = false
    for attribute in AttributeCursor(frame.attributes) {
      take(attribute, sourceLength: header.sourceLength)
    }
  }

  private mutating func take(_ attribute: AttributeCursor.Element, sourceLength: UInt8) {
    let number = attribute.payload.load(UInt32.self, at: 0)
    switch RouteAttribute(rawValue: attribute.type) {
    case .destination: destination.address = IPAddress(attribute.payload) ?? destination.address
    case .source: source = IPAddress(attribute.payload).map { IPPrefix($0, length: sourceLength) }
    case .table: table = number ?? table
    case .priority: priority = number ?? 0
    case .outgoingInterface: outgoingInterface = number
    case .gateway: gateway = IPAddress(attribute.payload)
    case .via: gateway = attribute.payload.slice(at: 2, length: attribute.payload.count - 2).flatMap(IPAddress.init)
    case .preferredSource: preferredSource = IPAddress(attribute.payload)
    case .nexthopID: nexthopID = number
    case .expires: expires = true
    case .cacheInfo: expires = attribute.payload.load(Int32.self, at: 8).map { $0 != 0 } ?? false
    case .multipath: legs = (RouteLeg.list(attribute.payload) ?? []).map(Leg.init)
    default: break
    }
  }
}

extension Route.Leg {
  init(_ leg: RouteLeg) {
    index = UInt32(bitPattern: leg.index)
    for attribute in leg.attributes {
      if case .ipAddress(let address) = attribute.value { gateway = address }
    }
  }
}
