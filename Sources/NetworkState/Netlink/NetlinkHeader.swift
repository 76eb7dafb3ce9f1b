/// The type of an rtnetlink message. Source: linux/rtnetlink.h.
public struct NetlinkMessageType: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  public static let newLink = Self(rawValue: 16)
  public static let deleteLink = Self(rawValue: 17)
  public static let newAddress = Self(rawValue: 20)
  public static let deleteAddress = Self(rawValue: 21)
  public static let newRoute = Self(rawValue: 24)
  public static let deleteRoute = Self(rawValue: 25)
  public static let newNeighbour = Self(rawValue: 28)
  public static let deleteNeighbour = Self(rawValue: 29)
  public static let newRule = Self(rawValue: 32)
  public static let deleteRule = Self(rawValue: 33)
  public static let newNexthop = Self(rawValue: 104)
  public static let deleteNexthop = Self(rawValue: 105)

  /// What the message speaks of; nil for other families of messages.
  public var object: NetworkObjectKind? {
    switch rawValue & ~3 {
    case 16: .link
    case 20: .address
    case 24: .route
    case 28: .neighbour
    case 32: .rule
    case 104: .nexthop
    default: nil
    }
  }

  /// Whether it says that the object is gone (`RTM_DEL...`).
  public var isDeletion: Bool { rawValue & 3 == 1 }
}

/// The kinds of object that a snapshot holds.
public enum NetworkObjectKind: String, Sendable, Hashable, CaseIterable, Codable {
  case link, address, nexthop, route, rule, neighbour
}

/// `struct nlmsghdr`, linux/netlink.h.
public struct NetlinkHeader: Hashable, Sendable {
  static let size = 16

  /// Length of the whole message with this header, without padding.
  public var length: UInt32
  public var type: NetlinkMessageType
  /// `NLM_F_...`.
  public var flags: UInt16
  public var sequence: UInt32
  /// The port of the sender's socket; 0 is the kernel.
  public var port: UInt32

  public init(length: UInt32, type: NetlinkMessageType, flags: UInt16, sequence: UInt32, port: UInt32) {
    self.length = length
    self.type = type
    self.flags = flags
    self.sequence = sequence
    self.port = port
  }

  /// The header at `offset`; nil if the bytes end before it does.
  public init?(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) {
    guard let header = bytes.slice(at: offset, length: Self.size),
      let length = header.load(UInt32.self, at: 0), let type = header.load(UInt16.self, at: 4),
      let flags = header.load(UInt16.self, at: 6), let sequence = header.load(UInt32.self, at: 8),
      let port = header.load(UInt32.self, at: 12)
    else { return nil }
    self.init(
      length: length, type: NetlinkMessageType(rawValue: type), flags: flags, sequence: sequence, port: port)
  }

  func append(to bytes: inout [UInt8]) {
    bytes.append(integer: length)
    bytes.append(integer: type.rawValue)
    bytes.append(integer: flags)
    bytes.append(integer: sequence)
    bytes.append(integer: port)
  }
}
