/// An address and a prefix length, as the network extension's `cidr()` makes it; host bits are kept.
public struct IPPrefix: Hashable, Sendable {
  /// The address, with its host bits.
  public let address: IPAddress
  /// How many of its bits are the network's.
  public let length: Int

  /// `nil` where the length is negative or longer than the address.
  init?(address: IPAddress, length: Int) {
    guard (0...address.bitWidth).contains(length) else { return nil }
    self.address = address
    self.length = length
  }

  /// Reads `192.0.2.0/24`. `nil` for a bad address, a length with leading zeros or signs, and a length out of range.
  public init?(text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(text: String(parts[0])) else { return nil }
    let digits = parts[1].utf8
    guard (1...3).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    guard digits.count == 1 || digits.first != 0x30, let length = Int(parts[1]) else { return nil }
    if address.isIPv4, text.utf8.contains(UInt8(ascii: ":")) { return nil }
    self.init(address: address, length: length)
  }

  /// The prefix with its host bits cleared.
  public var masked: IPPrefix { IPPrefix(masking: self) }

  private init(masking prefix: IPPrefix) {
    address = prefix.address.masked(prefix.length)
    length = prefix.length
  }

  /// Whether the address is in the network; never across families.
  public func contains(_ other: IPAddress) -> Bool {
    other.isIPv4 == address.isIPv4 && other.masked(length) == address.masked(length)
  }

  /// Whether all of the other network is in this one.
  public func contains(_ other: IPPrefix) -> Bool { other.length >= length && contains(other.address) }
}

extension IPPrefix: CustomStringConvertible {
  /// The text that reads back, for example `192.0.2.0/24`.
  public var description: String { "\(address)/\(length)" }
}
