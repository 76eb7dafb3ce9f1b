/// An IPv4 or IPv6 address without a zone, as the network extension's `ip()` makes it.
public struct IPAddress: Hashable, Sendable {
  /// The upper half of an IPv6 address; 0 for IPv4.
  public let high: UInt64
  /// The lower half of an IPv6 address, or the 32 bits of an IPv4 address.
  public let low: UInt64
  /// Whether it is an IPv4 address.
  public let isIPv4: Bool

  init(ipv4: UInt32) {
    high = 0
    low = UInt64(ipv4)
    isIPv4 = true
  }

  /// An IPv4 address mapped into IPv6 becomes the IPv4 address it stands for.
  init(high: UInt64, low: UInt64) {
    let isMapped = high == 0 && low >> 32 == 0xFFFF
    self.high = high
    self.low = isMapped ? low & 0xFFFF_FFFF : low
    isIPv4 = isMapped
  }

  var bitWidth: Int { isIPv4 ? 32 : 128 }
  /// 4 or 6.
  public var family: Int64 { isIPv4 ? 4 : 6 }
  private var firstByte: UInt64 { isIPv4 ? low >> 24 : high >> 56 }

  /// Whether it is `0.0.0.0` or `::`.
  public var isUnspecified: Bool { high == 0 && low == 0 }
  /// Whether it is in `127.0.0.0/8` or is `::1`.
  public var isLoopback: Bool { isIPv4 ? firstByte == 127 : high == 0 && low == 1 }
  /// Whether it is in `169.254.0.0/16` or `fe80::/10`.
  public var isLinkLocalUnicast: Bool { isIPv4 ? low >> 16 == 0xA9FE : high >> 54 == 0xFE80 >> 6 }
  /// Whether it is in `224.0.0.0/4` or `ff00::/8`.
  public var isMulticast: Bool { isIPv4 ? firstByte >> 4 == 0xE : firstByte == 0xFF }
  /// Whether it is in `224.0.0.0/24` or `ff02::/16`, whatever the flags.
  public var isLinkLocalMulticast: Bool { isIPv4 ? low >> 8 == 0xE00000 : high >> 48 & 0xFF0F == 0xFF02 }
  private var isBroadcast: Bool { isIPv4 && low == 0xFFFF_FFFF }

  /// Any address that is not unspecified, broadcast, loopback, multicast or link-local; private ones count.
  public var isGlobalUnicast: Bool {
    !isUnspecified && !isBroadcast && !isLoopback && !isMulticast && !isLinkLocalUnicast
  }

  /// The address with all bits after the first `length` cleared.
  func masked(_ length: Int) -> IPAddress {
    guard !isIPv4 else {
      return IPAddress(ipv4: length == 0 ? 0 : UInt32(truncatingIfNeeded: low) & (~0 << UInt32(32 - length)))
    }
    let highMask: UInt64 = length == 0 ? 0 : length >= 64 ? ~0 : ~0 << UInt64(64 - length)
    let lowMask: UInt64 = length <= 64 ? 0 : ~0 << UInt64(128 - length)
    return IPAddress(unmappedHigh: high & highMask, low: low & lowMask)
  }

  private init(unmappedHigh: UInt64, low: UInt64) {
    high = unmappedHigh
    self.low = low
    isIPv4 = false
  }
}
