/// Who made a route, rule or nexthop: `RTPROT_...`, linux/rtnetlink.h.
public struct RouteProtocol: RawRepresentable, Hashable, Sendable, Comparable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let unspecified = Self(rawValue: 0)
  public static let redirect = Self(rawValue: 1)
  public static let kernel = Self(rawValue: 2)
  public static let boot = Self(rawValue: 3)
  public static let `static` = Self(rawValue: 4)
  public static let routerAdvertisement = Self(rawValue: 9)
  public static let dhcp = Self(rawValue: 16)

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What becomes of a packet that matches a route: `RTN_...`, linux/rtnetlink.h.
public struct RouteType: RawRepresentable, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let unicast = Self(rawValue: 1)
  public static let local = Self(rawValue: 2)
  public static let broadcast = Self(rawValue: 3)
  public static let anycast = Self(rawValue: 4)
  public static let multicast = Self(rawValue: 5)
  public static let blackhole = Self(rawValue: 6)
  public static let unreachable = Self(rawValue: 7)
  public static let prohibit = Self(rawValue: 8)
  public static let `throw` = Self(rawValue: 9)

  /// Whether packets are refused or passed over, so that no link is meant.
  public var isReject: Bool { (6...9).contains(rawValue) }
}

/// The tables that the kernel itself uses: `RT_TABLE_...`, linux/rtnetlink.h.
public enum RouteTable {
  public static let `default`: UInt32 = 253
  public static let main: UInt32 = 254
  public static let local: UInt32 = 255
}
