/// What an attribute carries, by the format that its kind has in the kernel's headers.
///
/// A payload that does not have its kind's format exactly is kept as `bytes`, so that nothing is lost and
/// encoding gives the same bytes again.
public enum AttributeValue: Hashable, Sendable {
  case uint8(UInt8)
  case uint16(UInt16)
  case uint32(UInt32)
  case uint64(UInt64)
  /// Text that the kernel ends with one NUL, which is not part of the value.
  case text(String)
  case ipAddress(IPAddress)
  /// A structure of nothing but 32-bit numbers, such as `struct rta_cacheinfo`.
  case words([UInt32])
  case nested([NetlinkAttribute])
  /// `RTA_MULTIPATH`.
  case legs([RouteLeg])
  /// `RTA_VIA`: a gateway of another family than the route's.
  case via(family: UInt16, address: [UInt8])
  /// `NHA_GROUP`.
  case members([NexthopMember])
  /// Anything else, as it came.
  case bytes([UInt8])
}

/// One attribute of a message.
public struct NetlinkAttribute: Hashable, Sendable {
  /// `NLA_F_NESTED` and `NLA_F_NET_BYTEORDER`.
  static let flagMask: UInt16 = 0xC000

  /// The kind, such as `RTA_DST`; its meaning depends on the message.
  public var type: UInt16
  /// The two highest bits of the type on the wire.
  public var flags: UInt16
  public var value: AttributeValue

  public init(type: UInt16, flags: UInt16 = 0, value: AttributeValue) {
    self.type = type & ~Self.flagMask
    self.flags = flags & Self.flagMask
    self.value = value
  }
}

/// One leg of a multipath route: `struct rtnexthop` and its attributes, linux/rtnetlink.h.
public struct RouteLeg: Hashable, Sendable {
  static let headerSize = 8

  /// `RTNH_F_...`.
  public var flags: UInt8
  /// The weight less one.
  public var hops: UInt8
  public var index: Int32
  public var attributes: [NetlinkAttribute]

  public init(flags: UInt8 = 0, hops: UInt8 = 0, index: Int32, attributes: [NetlinkAttribute] = []) {
    self.flags = flags
    self.hops = hops
    self.index = index
    self.attributes = attributes
  }
}

/// One member of a nexthop group: `struct nexthop_grp`, linux/nexthop.h.
public struct NexthopMember: Hashable, Sendable {
  static let size = 8

  public var id: UInt32
  /// The weight less one; the high byte of it is known to kernels from 6.12.
  public var weight: UInt8
  public var weightHigh: UInt8
  var reserved: UInt16

  public init(id: UInt32, weight: UInt8 = 0, weightHigh: UInt8 = 0) {
    self.id = id
    self.weight = weight
    self.weightHigh = weightHigh
    self.reserved = 0
  }

  init?(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    guard let part = bytes.slice(at: offset, length: Self.size), let id = part.load(UInt32.self, at: 0),
      let reserved = part.load(UInt16.self, at: 6)
    else { return nil }
    self.init(id: id, weight: part[4], weightHigh: part[5])
    self.reserved = reserved
  }
}
