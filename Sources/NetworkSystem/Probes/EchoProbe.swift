import Glibc
internal import NetworkState

/// An ICMP echo (RFC 792, RFC 4443).
final class EchoProbe: ActiveProbe {
  private let target: IPAddress
  private let id = UInt16.random(in: 0 ... .max)
  private var sequence: UInt16 = 0

  init(_ target: IPAddress, namespace: String?) throws(NetworkSystemError) {
    self.target = target
    let isIPv4 = target.family == .ipv4
    super.init(
      descriptor: try Self.socket(
        namespace, Self.domain(target), SOCK_RAW, isIPv4 ? Int(IPPROTO_ICMP) : Int(IPPROTO_ICMPV6)))
  }

  override func ask() -> Progress {
    sequence += 1
    let packet = message
    let error = SocketAddress(target).perform { sendto(descriptor, packet, packet.count, 0, $0, $1) }
    return error == 0 || error == EAGAIN ? .waiting : .dead(Self.text(error))
  }

  /// For IPv6 the kernel fills in the checksum, which covers addresses that only it knows.
  private var message: [UInt8] {
    var bytes: [UInt8] = [target.family == .ipv4 ? 8 : 128, 0, 0, 0]
    bytes += [UInt8(id >> 8), UInt8(id & 255), UInt8(sequence >> 8), UInt8(sequence & 255)]
    guard target.family == .ipv4 else { return bytes }
    let sum = Self.checksum(bytes)
    bytes[2] = UInt8(sum >> 8)
    bytes[3] = UInt8(sum & 255)
    return bytes
  }

  /// The Internet checksum (RFC 1071).
  private static func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum = stride(from: 0, to: bytes.count, by: 2).reduce(UInt32(0)) {
      $0 + UInt32(bytes[$1]) << 8 + UInt32(bytes[$1 + 1])
    }
    while sum > 0xFFFF { sum = sum & 0xFFFF + sum >> 16 }
    return ~UInt16(truncatingIfNeeded: sum)
  }

  /// A raw socket hears every ICMP message of the namespace; for IPv4 with the IP header before it.
  override func ready() -> Progress {
    forEachPacket { packet in
      let start = target.family == .ipv4 ? Int(packet.first ?? 0) & 0xF * 4 : 0
      guard packet.count >= start + 8, packet[start] == (target.family == .ipv4 ? 0 : 129),
        packet[start + 4] == UInt8(id >> 8), packet[start + 5] == UInt8(id & 255)
      else { return nil }
      return .alive
    }
  }
}
