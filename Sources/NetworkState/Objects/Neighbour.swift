/// An entry of the neighbour table.
public struct Neighbour: Hashable, Sendable {
  /// `NUD_PERMANENT`, linux/neighbour.h.
  public static let permanentState: UInt16 = 0x80

  public var family: AddressFamily
  public var index: UInt32
  public var address: IPAddress
  public var hardwareAddress: [UInt8]
  /// `NUD_...`.
  public var state: UInt16
  /// `NTF_...`.
  public var flags: UInt8

  /// Nil for a message of another kind, for a family other than IPv4 and IPv6, and without an address.
  init?(_ frame: MessageFrame) {
    guard frame.kind == .neighbour, let header = NeighbourHeader(frame.body),
      let family = AddressFamily(rawValue: header.family),
      let payload = AttributeCursor.find(NeighbourAttribute.destination.rawValue, in: frame.attributes),
      let address = IPAddress(payload)
    else { return nil }
    self.family = family
    self.address = address
    index = UInt32(bitPattern: header.index)
    state = header.state
    flags = header.flags
    let hardware = AttributeCursor.find(NeighbourAttribute.linkLayerAddress.rawValue, in: frame.attributes)
    hardwareAddress = hardware.map(Array.init) ?? []
  }
}
