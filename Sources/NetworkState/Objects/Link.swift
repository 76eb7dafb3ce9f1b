/// A network interface.
public struct Link: Hashable, Sendable {
  public var index: UInt32
  public var name: String
  public var alternativeNames: [String]
  /// The driver's kind, such as `veth` or `bridge`; nil for hardware and `lo`.
  public var kind: String?
  public var hardwareAddress: [UInt8]
  public var permanentHardwareAddress: [UInt8]
  public var mtu: UInt32
  /// `IFF_...`, linux/if.h.
  public var flags: UInt32
  /// The index of the bridge, bond or VRF that it belongs to.
  public var master: UInt32?
  /// `ARPHRD_...`, linux/if_arp.h.
  public var hardwareType: UInt16
  /// How the kernel makes link-local IPv6 addresses: `IN6_ADDR_GEN_MODE_...`, linux/if_link.h; nil if it does not say.
  public var addressGeneration: UInt8?

  /// `IN6_ADDR_GEN_MODE_NONE`.
  static let noAddressGeneration: UInt8 = 1
  /// `AF_INET6` in `IFLA_AF_SPEC`, and `IFLA_INET6_ADDR_GEN_MODE` in that.
  static let generationPath: [UInt16] = [10, 8]

  public var isUp: Bool { flags & 1 != 0 }
  public var isLoopback: Bool { flags & 8 != 0 }

  /// Nil for a message of another kind.
  init?(_ frame: MessageFrame) {
    guard frame.kind == .link, let header = LinkHeader(frame.body) else { return nil }
    index = UInt32(bitPattern: header.index)
    name = ""
    alternativeNames = []
    hardwareAddress = []
    permanentHardwareAddress = []
    mtu = 0
    flags = header.flags
    hardwareType = header.hardwareType
    for attribute in AttributeCursor(frame.attributes) { take(attribute) }
  }

  private mutating func take(_ attribute: AttributeCursor.Element) {
    let payload = attribute.payload
    switch LinkAttribute(rawValue: attribute.type) {
    case .name: name = payload.text
    case .address: hardwareAddress = Array(payload)
    case .permanentAddress: permanentHardwareAddress = Array(payload)
    case .mtu: mtu = payload.load(UInt32.self, at: 0) ?? 0
    case .master: master = payload.load(UInt32.self, at: 0)
    case .information:
      kind = AttributeCursor.find(LinkInformationAttribute.kind.rawValue, in: payload)?.text
    case .perFamily:
      let nest = AttributeCursor.find(Self.generationPath[0], in: payload)
      addressGeneration = nest.flatMap { AttributeCursor.find(Self.generationPath[1], in: $0)?.first }
    case .properties:
      alternativeNames = AttributeCursor(payload)
        .filter { $0.type == LinkAttribute.alternativeName.rawValue }.map(\.payload.text)
    default: break
    }
  }
}
