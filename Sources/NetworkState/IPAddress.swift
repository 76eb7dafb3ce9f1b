/// An IPv4 or IPv6 address.
public struct IPAddress: Hashable, Sendable {
  public let family: AddressFamily
  /// The address as a number of 128 bits; IPv4 has its 32 bits in `low`.
  public let high: UInt64
  public let low: UInt64

  public init(ipv4 value: UInt32) {
    family = .ipv4
    high = 0
    low = UInt64(value)
  }

  public init(ipv6High high: UInt64, low: UInt64) {
    family = .ipv6
    self.high = high
    self.low = low
  }

  /// An address in network byte order: 4 or 16 bytes; nil for another number of them.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    switch bytes.count {
    case 4:
      guard let value = bytes.load(UInt32.self, at: 0) else { return nil }
      self.init(ipv4: UInt32(bigEndian: value))
    case 16:
      guard let high = bytes.load(UInt64.self, at: 0), let low = bytes.load(UInt64.self, at: 8) else { return nil }
      self.init(ipv6High: UInt64(bigEndian: high), low: UInt64(bigEndian: low))
    default: return nil
    }
  }

  /// The address of all zeros.
  public static func unspecified(_ family: AddressFamily) -> IPAddress {
    family == .ipv4 ? IPAddress(ipv4: 0) : IPAddress(ipv6High: 0, low: 0)
  }

  /// The address in network byte order.
  public var bytes: [UInt8] {
    let all = [high, low].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) } }
    return family == .ipv4 ? Array(all[12...]) : all
  }

  /// `127.0.0.0/8` or `::1`.
  public var isLoopback: Bool {
    family == .ipv4 ? low >> 24 == 127 : high == 0 && low == 1
  }

  /// `fe80::/10` or `169.254.0.0/16`.
  public var isLinkLocal: Bool {
    family == .ipv4 ? low >> 16 == 0xA9FE : high >> 54 == 0x3FA
  }

  /// Whether the first `length` bits are those of `other`.
  public func hasPrefix(_ other: IPAddress, length: UInt8) -> Bool {
    guard family == other.family else { return false }
    return masked(to: length) == other.masked(to: length)
  }

  /// The address with all but the first `length` bits zero.
  public func masked(to length: UInt8) -> IPAddress {
    let kept = Int(min(length, family.bitCount))
    if family == .ipv4 { return IPAddress(ipv4: UInt32(truncatingIfNeeded: low & Self.mask(kept) >> 32)) }
    return IPAddress(ipv6High: high & Self.mask(kept), low: low & Self.mask(kept - 64))
  }

  /// 64 bits of which the first `bits` are one; fewer than none are none, more than all are all.
  private static func mask(_ bits: Int) -> UInt64 {
    bits <= 0 ? 0 : bits >= 64 ? .max : ~(UInt64.max >> UInt64(bits))
  }
}
