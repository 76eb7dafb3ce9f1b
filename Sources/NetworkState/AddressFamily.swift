/// IPv4 or IPv6. The raw values are Linux's `AF_INET` and `AF_INET6`.
public enum AddressFamily: UInt8, Sendable, Hashable, CaseIterable {
  case ipv4 = 2
  case ipv6 = 10

  /// Bytes of an address.
  public var byteCount: Int { self == .ipv4 ? 4 : 16 }

  /// Bits of an address.
  public var bitCount: UInt8 { self == .ipv4 ? 32 : 128 }
}
