import Glibc
internal import CNetlink
internal import NetworkState

/// Whether a neighbour on a link answers ARP (RFC 826) or neighbour solicitation (RFC 4861, section 4.3).
///
/// It asks itself, because the kernel's own entry may be old, or one that an administrator made.
final class NeighbourProbe: ActiveProbe {
  private let neighbour: IPAddress
  private let link: Link
  private let own: IPAddress

  /// `own` is an address of the link, of the neighbour's family.
  init(_ neighbour: IPAddress, on link: Link, own: IPAddress, namespace: String?) throws(NetworkSystemError) {
    self.neighbour = neighbour
    self.link = link
    self.own = own
    guard neighbour.family == .ipv4 else {
      super.init(descriptor: try Self.socket(namespace, AF_INET6, SOCK_RAW, Int(IPPROTO_ICMPV6)))
      var hops: Int32 = 255
      setsockopt(descriptor, Int32(IPPROTO_IPV6), IPV6_MULTICAST_HOPS, &hops, socklen_t(MemoryLayout<Int32>.size))
      return
    }
    let socket = cgd_open_arp(namespace, Int32(bitPattern: link.index))
    guard socket >= 0 else { throw .system(Int(socket), "cannot open a socket for ARP on `\(link.name)`") }
    super.init(descriptor: socket)
  }

  override func ask() -> Progress {
    let error: Int32
    if neighbour.family == .ipv4 {
      let packet = arpRequest
      error = -cgd_send_arp(descriptor, Int32(bitPattern: link.index), packet, packet.count)
    } else {
      let packet = solicitation
      let group = IPAddress(ipv6High: 0xFF02_0000_0000_0000, low: 0x1_FF00_0000 | neighbour.low & 0xFF_FFFF)
      let address = SocketAddress(group, scope: link.index)
      error = address.perform { sendto(descriptor, packet, packet.count, 0, $0, $1) }
    }
    return error == 0 || error == EAGAIN ? .waiting : .dead(Self.text(error))
  }

  /// Ethernet, IPv4, a request, who asks, who is asked for.
  private var arpRequest: [UInt8] {
    [0, 1, 8, 0, 6, 4, 0, 1] + link.hardwareAddress.prefix(6) + own.bytes + [0, 0, 0, 0, 0, 0] + neighbour.bytes
  }

  /// The kernel fills in the checksum. Option 1 is the asker's link-layer address.
  private var solicitation: [UInt8] {
    [135, 0, 0, 0, 0, 0, 0, 0] + neighbour.bytes + [1, 1] + link.hardwareAddress.prefix(6)
  }

  override func ready() -> Progress {
    let wanted = neighbour.bytes
    return forEachPacket { packet in
      if neighbour.family == .ipv4 {
        return packet.count >= 28 && packet[7] == 2 && packet[14..<18].elementsEqual(wanted) ? .alive : nil
      }
      return packet.count >= 24 && packet[0] == 136 && packet[8..<24].elementsEqual(wanted) ? .alive : nil
    }
  }
}
