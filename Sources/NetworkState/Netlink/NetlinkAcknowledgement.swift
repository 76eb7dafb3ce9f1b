/// The kernel's answer to a request that is no dump: `NLMSG_ERROR`, linux/netlink.h.
public struct NetlinkAcknowledgement: Sendable, Hashable {
  /// 0 if the request was carried out.
  public var errno: Int32
  /// Why not, from kernels that say it.
  public var message: String?

  /// The answer to the request with a sequence number in a datagram; nil if it is not in it.
  public init?(_ datagram: UnsafeRawBufferPointer, to sequence: UInt32) {
    var offset = 0
    while let header = NetlinkHeader(datagram, at: offset), Int(header.length) >= NetlinkHeader.size,
      let message = datagram.slice(at: offset, length: Int(header.length))
    {
      let error: UInt16 = 2
      if header.type.rawValue == error, header.sequence == sequence {
        errno = -(message.load(Int32.self, at: NetlinkHeader.size) ?? 0)
        self.message = DumpReply.reason(header, message)
        return
      }
      offset += alignedToFour(message.count)
    }
    return nil
  }
}
