import Glibc

/// One sync at a time on this node: another waits for its turn, for a while.
final class SyncLock {
  /// A sync takes a second or two; one that analyses a whole new release takes tens of seconds.
  static let patience = Duration.seconds(30)

  private let descriptor: Int32

  /// Throws ``CommandFailure`` if the folder cannot be used, or another sync holds the lock to the end of `patience`.
  init(state: String, patience: Duration = patience) throws {
    if mkdir(state, 0o700) != 0, errno != EEXIST { throw Self.failure("cannot make the folder `\(state)`") }
    let path = "\(state)/sync.lock"
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw Self.failure("cannot open `\(path)`") }
    let end = ContinuousClock.now + patience
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, ContinuousClock.now < end else {
        let failure = Self.failure("another `apt-gate sync` is still at work: `\(path)` is locked")
        close(descriptor)
        throw failure
      }
      usleep(50_000)
    }
  }

  deinit { close(descriptor) }

  private static func failure(_ message: String) -> CommandFailure {
    CommandFailure(
      message: "\(message): \(SystemError.text(errno))", hint: "run it as root, with a disk that can be written")
  }
}
