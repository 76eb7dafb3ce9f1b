/// `struct ifinfomsg`, linux/rtnetlink.h.
public struct LinkHeader: Hashable, Sendable {
  static let size = 16

  public var family: UInt8
  var padding: UInt8
  /// `ARPHRD_...`, linux/if_arp.h.
  public var hardwareType: UInt16
  public var index: Int32
  /// `IFF_...`, linux/if.h.
  public var flags: UInt32
  public var changeMask: UInt32

  public init(family: UInt8 = 0, hardwareType: UInt16, index: Int32, flags: UInt32, changeMask: UInt32 = 0) {
    self.family = family
    self.padding = 0
    self.hardwareType = hardwareType
    self.index = index
    self.flags = flags
    self.changeMask = changeMask
  }

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.size, let type = bytes.load(UInt16.self, at: 2),
      let index = bytes.load(Int32.self, at: 4), let flags = bytes.load(UInt32.self, at: 8),
      let change = bytes.load(UInt32.self, at: 12)
    else { return nil }
    self.init(family: bytes[0], hardwareType: type, index: index, flags: flags, changeMask: change)
    padding = bytes[1]
  }

  func append(to bytes: inout [UInt8]) {
    bytes += [family, padding]
    bytes.append(integer: hardwareType)
    bytes.append(integer: index)
    bytes.append(integer: flags)
    bytes.append(integer: changeMask)
  }
}
