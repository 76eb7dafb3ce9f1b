internal import Glibc

/// Writing that is on the disk when it returns.
enum DurableWrite {
  /// The C library's words for the last error.
  static var problem: String { strerror(errno).map { String(cString: $0) } ?? "error \(errno)" }

  /// Writes all of `text`; false, with `errno` set, if it could not.
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 { rest = rest.dropFirst(written) } else if written == 0 || errno != EINTR { return false }
    }
    return true
  }

  /// Makes a file at `path`, in place of any that is there, that all may read; false, with `errno` set, if it could not.
  static func create(_ path: String, _ text: String) -> Bool {
    unlink(path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fchmod(descriptor, 0o644) == 0 && write(text, to: descriptor) && fsync(descriptor) == 0
  }

  /// Makes what was renamed or removed in `folder` last.
  static func settle(_ folder: String) -> Bool {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }
}
