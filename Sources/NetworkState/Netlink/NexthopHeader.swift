/// `struct nhmsg`, linux/nexthop.h.
public struct NexthopHeader: Hashable, Sendable {
  static let size = 8

  public var family: UInt8
  public var scope: UInt8
  /// `RTPROT_...`.
  public var `protocol`: UInt8
  var reserved: UInt8
  /// `RTNH_F_...`.
  public var flags: UInt32

  public init(family: UInt8, scope: UInt8 = 0, protocol: UInt8 = 0, flags: UInt32 = 0) {
    self.family = family
    self.scope = scope
    self.protocol = `protocol`
    self.reserved = 0
    self.flags = flags
  }

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.size, let flags = bytes.load(UInt32.self, at: 4) else { return nil }
    self.init(family: bytes[0], scope: bytes[1], protocol: bytes[2], flags: flags)
    reserved = bytes[3]
  }

  func append(to bytes: inout [UInt8]) {
    bytes += [family, scope, `protocol`, reserved]
    bytes.append(integer: flags)
  }
}
