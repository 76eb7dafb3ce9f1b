import Glibc
import PackageAnalysis

/// A .deb on disk.
enum DebFile {
  /// Reads the .deb at `path` as it streams by, its data.tar no longer than until `limit`; throws ``CommandFailure`` that
  /// says what is wrong with it. What `extracts` has of its data.tar is not read again.
  static func contents(
    of path: String, until limit: ContinuousClock.Instant? = nil, extracts: ExtractStore? = nil
  ) throws -> PackageContents {
    let (descriptor, size) = try open(path)
    defer { close(descriptor) }
    let isLate = { limit.map { .now > $0 } ?? false }
    var name: String?
    if let extracts, extracts.isOfUse(size: size), let fingerprint = try fingerprint(descriptor, isLate, path) {
      name = ExtractStore.name(size: size, fingerprint: fingerprint)
    }
    let known = name.flatMap { extracts?.extract($0) }
    do {
      let archive = try DebianArchive(isLate: isLate, extract: known) { try read(descriptor, atMost: $0, path: path) }
      if known == nil, let name, let extract = archive.extract { extracts?.keep(extract, as: name) }
      return archive.contents
    } catch let error as ArchiveError {
      throw CommandFailure(
        message: "cannot read `\(path)` as a .deb: \(error)",
        hint: "`dpkg-deb --info` shows what dpkg thinks of it; fetch it again if it is damaged")
    }
  }

  /// Of all bytes; the file is at its beginning again. nil if that takes too long.
  private static func fingerprint(
    _ descriptor: Int32, _ isLate: () -> Bool, _ path: String
  ) throws -> ArchiveFingerprint? {
    defer { lseek(descriptor, 0, SEEK_SET) }
    var fingerprint = ArchiveFingerprint()
    while !isLate() {
      let bytes = try read(descriptor, atMost: 1 << 18, path: path)
      if bytes.isEmpty { return fingerprint }
      fingerprint.update(bytes)
    }
    return nil
  }

  /// Without ever waiting: a pipe or a device is refused, not read.
  private static func open(_ path: String) throws -> (descriptor: Int32, size: Int) {
    guard !path.utf8.contains(0) else { throw unusable(path, "its name has a NUL byte") }
    let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw unusable(path, SystemError.text(errno)) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw unusable(path, "it is not a regular file")
    }
    return (descriptor, Int(status.st_size))
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
