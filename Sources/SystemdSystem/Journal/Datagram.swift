internal import CSystemd

/// One datagram to a Unix socket.
enum Datagram {
  /// Whether it was sent within `microseconds`.
  static func send(_ bytes: [UInt8], to path: String, _ microseconds: UInt64) -> Bool {
    bytes.withUnsafeBytes { content in
      var part = csd_part(bytes: content.baseAddress, length: content.count)
      return csd_send(path, &part, 1, microseconds) == 0
    }
  }
}
