import FleetSupport
import Glibc

/// Takes connections and never answers.
final class SilentServer {
  let port: Int
  private let descriptor: Int32

  init() throws {
    let port = try LoopbackPort.free(1)[0]
    self.port = port
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = UInt16(port).bigEndian
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 ? listen(descriptor, 16) : -1
      }
    }
    guard status == 0 else { throw ProcessProblem("cannot listen on \(port)") }
  }

  deinit { close(descriptor) }
}
