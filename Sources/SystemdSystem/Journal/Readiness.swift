import Glibc

/// Tells the service manager how this process is doing. Source: sd_notify(3).
public enum Readiness {
  /// Sends `state`, such as `READY=1` or `STATUS=...`; false if nobody asked for it (`NOTIFY_SOCKET`) or reads it.
  @discardableResult
  public static func notify(_ state: String) -> Bool {
    guard let socket = getenv("NOTIFY_SOCKET").map({ String(cString: $0) }) else { return false }
    return Datagram.send(Array(state.utf8), to: socket, 100_000)
  }
}
