/// An address of a link.
public struct InterfaceAddress: Hashable, Sendable {
  /// `IFA_F_SECONDARY`, `IFA_F_PERMANENT` and `IFA_F_NOPREFIXROUTE`, linux/if_addr.h.
  static let secondary: UInt32 = 0x01
  static let permanent: UInt32 = 0x80
  static let withoutPrefixRoute: UInt32 = 0x200

  public var family: AddressFamily
  public var index: UInt32
  /// The link's own address.
  public var address: IPAddress
  public var prefixLength: UInt8
  /// The other end of a point-to-point link, if it differs from `address`.
  public var peer: IPAddress?
  public var label: String?
  public var broadcast: IPAddress?
  /// `IFA_F_...`.
  public var flags: UInt32
  public var scope: UInt8
  /// That of the route to its prefix; 0 is the kernel's default.
  public var metric: UInt32
  /// Seconds for which it is preferred; nil is forever.
  public var preferredLifetime: UInt32?
  /// Seconds for which it is valid; nil is forever.
  public var validLifetime: UInt32?

  public var prefix: IPPrefix { IPPrefix(address, length: prefixLength) }

  /// Nil for a message of another kind, for a family other than IPv4 and IPv6, and without an address.
  init?(_ frame: MessageFrame) {
    guard frame.kind == .address, let header = AddressHeader(frame.body),
      let family = AddressFamily(rawValue: header.family)
    else { return nil }
    self.family = family
    index = header.index
    prefixLength = header.prefixLength
    flags = UInt32(header.flags)
    scope = header.scope
    address = .unspecified(family)
    metric = 0
    var local: IPAddress?
    var other: IPAddress?
    for attribute in AttributeCursor(frame.attributes) {
      switch AddressAttribute(rawValue: attribute.type) {
      case .local: local = IPAddress(attribute.payload)
      case .address: other = IPAddress(attribute.payload)
      default: take(attribute)
      }
    }
    guard let own = local ?? other else { return nil }
    address = own
    peer = other == own ? nil : other
  }

  private mutating func take(_ attribute: AttributeCursor.Element) {
    let payload = attribute.payload
    switch AddressAttribute(rawValue: attribute.type) {
    case .label: label = payload.text
    case .broadcast: broadcast = IPAddress(payload)
    case .routePriority: metric = payload.load(UInt32.self, at: 0) ?? 0
    case .flags: flags = payload.load(UInt32.self, at: 0) ?? flags
    case .cacheInfo:
      preferredLifetime = Self.lifetime(payload.load(UInt32.self, at: 0))
      validLifetime = Self.lifetime(payload.load(UInt32.self, at: 4))
    default: break
    }
  }

  /// Source: `INFINITY_LIFE_TIME`, net/addrconf.h.
  private static func lifetime(_ seconds: UInt32?) -> UInt32? { seconds == .max ? nil : seconds }
}
