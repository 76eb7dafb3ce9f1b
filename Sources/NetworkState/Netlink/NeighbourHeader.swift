/// `struct ndmsg`, linux/neighbour.h.
public struct NeighbourHeader: Hashable, Sendable {
  static let size = 12

  public var family: UInt8
  var padding: [UInt8]
  public var index: Int32
  /// `NUD_...`.
  public var state: UInt16
  /// `NTF_...`.
  public var flags: UInt8
  public var type: UInt8

  public init(family: UInt8, index: Int32, state: UInt16, flags: UInt8 = 0, type: UInt8 = 0) {
    self.family = family
    self.padding = [0, 0, 0]
    self.index = index
    self.state = state
    self.flags = flags
    self.type = type
  }

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.size, let index = bytes.load(Int32.self, at: 4),
      let state = bytes.load(UInt16.self, at: 8)
    else { return nil }
    self.init(family: bytes[0], index: index, state: state, flags: bytes[10], type: bytes[11])
    padding = [bytes[1], bytes[2], bytes[3]]
  }

  func append(to bytes: inout [UInt8]) {
    bytes.append(family)
    bytes += padding
    bytes.append(integer: index)
    bytes.append(integer: state)
    bytes += [flags, type]
  }
}
