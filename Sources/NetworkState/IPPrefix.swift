/// A prefix: an address and how many of its leading bits count.
public struct IPPrefix: Hashable, Sendable, CustomStringConvertible {
  public var address: IPAddress
  public var length: UInt8

  public init(_ address: IPAddress, length: UInt8) {
    self.address = address
    self.length = length
  }

  /// `0.0.0.0/0` or `::/0`.
  public static func all(_ family: AddressFamily) -> IPPrefix { IPPrefix(.unspecified(family), length: 0) }

  /// `ADDRESS/LENGTH` or `ADDRESS`; nil if it is neither or the length is too large for the family.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(first) else { return nil }
    guard parts.count == 2 else {
      self.init(address, length: address.family.bitCount)
      return
    }
    guard let length = UInt8(parts[1]), length <= address.family.bitCount else { return nil }
    self.init(address, length: length)
  }

  /// Whether every address of `other` is in this prefix.
  public func contains(_ other: IPPrefix) -> Bool {
    other.length >= length && other.address.hasPrefix(address, length: length)
  }

  public var isHost: Bool { length == address.family.bitCount }

  public var description: String { "\(address)/\(length)" }
}
