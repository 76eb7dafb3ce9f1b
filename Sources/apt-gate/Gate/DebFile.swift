import Glibc
import PackageAnalysis

/// A .deb on disk.
enum DebFile {
  /// Reads the .deb at `path` as it streams by, its data.tar no longer than until `limit`; throws ``CommandFailure`` that
  /// says what is wrong with it.
  static func contents(of path: String, until limit: ContinuousClock.Instant? = nil) throws -> PackageContents {
    let descriptor = try open(path)
    defer { close(descriptor) }
    do {
      return try DebianArchive(isLate: { limit.map { .now > $0 } ?? false }) {
        try read(descriptor, atMost: $0, path: path)
      }.contents
    } catch let error as ArchiveError {
      throw CommandFailure(
        message: "cannot read `\(path)` as a .deb: \(error)",
        hint: "`dpkg-deb --info` shows what dpkg thinks of it; fetch it again if it is damaged")
    }
  }

  /// Without ever waiting: a pipe or a device is refused, not read.
  private static func open(_ path: String) throws -> Int32 {
    guard !path.utf8.contains(0) else { throw unusable(path, "its name has a NUL byte") }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unusable(path, SystemError.text(errno)) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw unusable(path, "it is not a regular file")
    }
    return descriptor
  }

  private static func read(_ descriptor: Int32, atMost count: Int, path: String) throws -> [UInt8] {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      var got = Glibc.read(descriptor, buffer.baseAddress, count)
      while got < 0 && errno == EINTR { got = Glibc.read(descriptor, buffer.baseAddress, count) }
      if got < 0 { failure = errno }
      initialized = max(0, got)
    }
    if failure != 0 { throw unusable(path, SystemError.text(failure)) }
    return bytes
  }

  private static func unusable(_ path: String, _ reason: String) -> CommandFailure {
    CommandFailure(message: "cannot read `\(path)`: \(reason)", hint: "name a .deb file that this user may read")
  }
}
