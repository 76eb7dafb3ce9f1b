internal import Glibc

/// Reads what apt writes to a hook, always to its end.
///
/// apt writes with blocking writes and takes a broken pipe for a failed hook, so nothing is left unread, and nothing is
/// decided before everything has been read.
public struct HookStreamReader {
  /// apt's configuration takes some 20 kB and a line some 200 bytes: this is a transaction of 300,000 packages.
  public static let mostBytes = 64 << 20

  private let descriptor: Int32

  /// For the descriptor that apt names in `APT_HOOK_INFO_FD`; standard input if it names none.
  public init(infoDescriptor: String?) {
    descriptor = infoDescriptor.flatMap(Int32.init).flatMap { $0 >= 0 ? $0 : nil } ?? 0
  }

  /// Everything up to the end of the stream.
  ///
  /// Throws ``AptSystemError`` with the code `cancelled` if apt has not closed it by the deadline, and with
  /// `fileUnusable` if it cannot be read or does not end within ``mostBytes``.
  public func read(by deadline: ContinuousClock.Instant) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var size = 0
    while try wait(until: deadline) {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { break }
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        throw Self.unreadable(String(cString: strerror(errno)))
      }
      size += count
      if size <= Self.mostBytes { bytes += chunk[..<count] }
    }
    if size > Self.mostBytes { throw Self.unreadable("it has over \(Self.mostBytes) bytes") }
    return bytes
  }

  /// Waits until there is something to read, the end among it.
  private func wait(until deadline: ContinuousClock.Instant) throws -> Bool {
    while true {
      let left = ContinuousClock.now.duration(to: deadline).components
      let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000
      guard milliseconds > 0 else { throw Self.late() }
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = Glibc.poll(&poll, 1, Int32(clamping: milliseconds))
      if ready > 0 { return true }
      if ready < 0, errno != EINTR { throw Self.unreadable(String(cString: strerror(errno))) }
    }
  }

  private static func unreadable(_ reason: String) -> AptSystemError {
    AptSystemError(
      code: .fileUnusable, message: "what apt is about to do cannot be read: \(reason)",
      advice: "let apt call the hook, as DPkg::Pre-Install-Pkgs in apt.conf.d says")
  }

  private static func late() -> AptSystemError {
    AptSystemError(
      code: .cancelled, message: "apt did not finish telling what it is about to do",
      advice: "run apt again; look for what stops apt or this machine")
  }
}
