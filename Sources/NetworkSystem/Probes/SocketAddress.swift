import Glibc
internal import NetworkState

/// An address as the socket calls take it.
struct SocketAddress {
  private var storage = sockaddr_storage()
  private let length: socklen_t

  /// `scope` is the link of a link-local IPv6 address.
  init(_ address: IPAddress, port: UInt16 = 0, scope: UInt32 = 0) {
    let bytes = address.bytes
    let isIPv4 = address.family == .ipv4
    length = socklen_t(isIPv4 ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size)
    withUnsafeMutableBytes(of: &storage) { raw in
      raw.storeBytes(of: sa_family_t(isIPv4 ? AF_INET : AF_INET6), as: sa_family_t.self)
      raw.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
      // `struct sockaddr_in` has the address after the port, `struct sockaddr_in6` after the flow label.
      let start = isIPv4 ? 4 : 8
      for (index, byte) in bytes.enumerated() { raw[start + index] = byte }
      if !isIPv4 { raw.storeBytes(of: scope, toByteOffset: 24, as: UInt32.self) }
    }
  }

  /// Calls `body` with the address; 0 or the error's number.
  func perform(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int) -> Int32 {
    let result = withUnsafePointer(to: storage) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
    }
    return result < 0 ? errno : 0
  }
}
