import Glibc

/// dpkg's own lock, by which a dpkg that outlives apt is seen.
struct DpkgLock {
  /// In the directory of dpkg's status file.
  let path: String

  init(folder: String) { path = "\(folder)/lock" }

  /// The process that has it; nil if none does, or that cannot be found out. Source: fcntl(2), F_GETLK.
  var holder: Int32? {
    let descriptor = open(path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    guard fcntl(descriptor, F_GETLK, &lock) == 0, lock.l_type != Int16(F_UNLCK), lock.l_pid > 0 else { return nil }
    return lock.l_pid
  }
}
