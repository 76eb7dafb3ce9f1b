import Glibc
internal import CNetlink
internal import NetworkState

/// A question that is under way. Its socket belongs to it.
class ActiveProbe {
  enum Progress {
    case waiting
    case alive
    case dead(String)
  }

  let descriptor: Int32
  /// What the socket has to be ready for: `POLLIN` or `POLLOUT`.
  var wanted: Int16 = Int16(POLLIN)
  private var received = [UInt8](repeating: 0, count: 4096)

  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Asks, and asks again from time to time.
  func ask() -> Progress { .waiting }

  /// The socket is ready.
  func ready() -> Progress { .waiting }

  static func socket(
    _ namespace: String?, _ domain: Int32, _ type: __socket_type, _ protocol: Int = 0
  ) throws(NetworkSystemError) -> Int32 {
    let descriptor = cgd_socket(namespace, domain, Int32(type.rawValue), Int32(`protocol`))
    guard descriptor >= 0 else { throw .system(Int(descriptor), "cannot open a socket for a probe") }
    return descriptor
  }

  static func domain(_ address: IPAddress) -> Int32 { address.family == .ipv4 ? AF_INET : AF_INET6 }

  /// Calls `body` with each packet that waits until one decides.
  func forEachPacket(_ body: (UnsafeRawBufferPointer) -> Progress?) -> Progress {
    while true {
      let length = recv(descriptor, &received, received.count, 0)
      if length < 0 { return errno == EAGAIN || errno == EINTR ? .waiting : .dead(Self.text(errno)) }
      if let progress = received.withUnsafeBytes({ body(UnsafeRawBufferPointer(rebasing: $0[..<length])) }) {
        return progress
      }
      if length == 0 { return .waiting }
    }
  }

  static func text(_ number: Int32) -> String { String(cString: strerror(number)) }
}
