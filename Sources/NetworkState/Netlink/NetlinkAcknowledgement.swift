/// The kernel's answer to a request that is no dump: `NLMSG_ERROR`, linux/netlink.h.
public struct NetlinkAcknowledgement: Sendable, Hashable {
  /// 0 if the request was carried out.
  public var errno: Int32
  /// Why not, from kernels that say it.
  public var message: String?

  /// The answer to the request with a sequence number in a datagram; nil if it is not in it.
  public init?(_ datagram: UnsafeRawBufferPointer, to sequence: UInt32) {
    var found: Self?
    Self.forEach(in: datagram) { if $0 == sequence { found = found ?? $1 } }
    guard let found else { return nil }
    self = found
  }

  private init(_ header: NetlinkHeader, _ message: UnsafeRawBufferPointer) {
    errno = -(message.load(Int32.self, at: NetlinkHeader.size) ?? 0)
    self.message = errno == 0 ? nil : DumpReply.reason(header, message)
  }

  /// Calls `body` with each answer in a datagram and the sequence number of the request that it answers.
  public static func forEach(in datagram: UnsafeRawBufferPointer, _ body: (UInt32, Self) -> Void) {
    var offset = 0
    while let header = NetlinkHeader(datagram, at: offset), Int(header.length) >= NetlinkHeader.size,
      let message = datagram.slice(at: offset, length: Int(header.length))
    {
      let error: UInt16 = 2
      if header.type.rawValue == error { body(header.sequence, Self(header, message)) }
      offset += alignedToFour(message.count)
    }
  }
}
