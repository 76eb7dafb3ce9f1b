/// `struct ifaddrmsg`, linux/if_addr.h.
public struct AddressHeader: Hashable, Sendable {
  static let size = 8

  public var family: UInt8
  public var prefixLength: UInt8
  /// The low eight bits of the flags; `IFA_FLAGS` has them in full.
  public var flags: UInt8
  public var scope: UInt8
  public var index: UInt32

  public init(family: UInt8, prefixLength: UInt8, flags: UInt8 = 0, scope: UInt8 = 0, index: UInt32) {
    self.family = family
    self.prefixLength = prefixLength
    self.flags = flags
    self.scope = scope
    self.index = index
  }

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.size, let index = bytes.load(UInt32.self, at: 4) else { return nil }
    self.init(family: bytes[0], prefixLength: bytes[1], flags: bytes[2], scope: bytes[3], index: index)
  }

  func append(to bytes: inout [UInt8]) {
    bytes += [family, prefixLength, flags, scope]
    bytes.append(integer: index)
  }
}
