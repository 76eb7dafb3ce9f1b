import Glibc
import NetworkSystem
import SystemdSystem

/// A restart of a unit by systemd, as work for the guard. The job's wait is on a thread of its own.
final class UnitJob: GuardedWork, @unchecked Sendable {
  private let unit: String
  private let limit: Duration
  private let ends: (read: Int32, write: Int32)
  /// Why the restart failed; nil if it did not. Written before the pipe's end is closed, read after that was seen.
  private(set) var problem: String?

  init(unit: String, limit: Duration) throws {
    self.unit = unit
    self.limit = limit
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw CommandFailure(message: "a pipe cannot be made: \(SystemError.text(errno))") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    self.ends = (ends[0], ends[1])
    // The connection that this runs over may be what the restart takes away.
    signal(SIGHUP, SIG_IGN)
  }

  deinit { close(ends.read) }

  var descriptors: [Int32] { [ends.read] }

  func hasEnded() -> Bool {
    var poll = pollfd(fd: ends.read, events: Int16(POLLIN), revents: 0)
    return Glibc.poll(&poll, 1, 0) > 0
  }

  func start() throws { try DetachedThread.start(perform) }

  @Sendable private func perform() {
    do {
      try ServiceManager(by: .now + limit).perform(.restart, on: unit, by: .now + limit)
    } catch {
      problem = "\(error)"
    }
    close(ends.write)
  }
}
