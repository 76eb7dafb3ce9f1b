internal import CAptPkg
internal import Glibc

/// Reads regular files without ever waiting: a pipe, a device or a directory in a file's place is no file.
enum RegularFile {
  /// The bytes of the file at `path` below `root`; nil if it is absent, no regular file, or has over `limit` bytes.
  ///
  /// Symbolic links are followed as the node itself would, so an absolute link stays below `root`.
  static func contents(of path: String, root: String = "/", limit: Int) -> [UInt8]? {
    guard let file = OpenFile(path, root: root), file.size <= limit else { return nil }
    return file.read(limit: limit)
  }

  /// Why the file cannot be used; nil if it can.
  static func problem(at path: String) -> String? {
    var status = stat()
    guard stat(path, &status) == 0 else { return errno == ENOENT ? "does not exist" : "cannot be reached" }
    guard status.st_mode & S_IFMT == S_IFREG else { return "is no regular file" }
    return access(path, R_OK) == 0 ? nil : "cannot be read by this user"
  }
}

/// A regular file that is open for reading, closed with its last reference.
final class OpenFile {
  let descriptor: Int32
  /// Size in bytes when it was opened.
  let size: Int

  init?(_ path: String, root: String = "/") {
    guard !path.utf8.contains(0), !root.utf8.contains(0) else { return nil }
    let opened = capt_open_below(root, path)
    var status = stat()
    guard opened >= 0, fstat(opened, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      if opened >= 0 { close(opened) }
      return nil
    }
    descriptor = opened
    size = Int(status.st_size)
  }

  deinit { close(descriptor) }

  /// All bytes; nil if reading fails or there are over `limit` bytes.
  func read(limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(size, limit) + 1)
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        return nil
      }
      guard bytes.count + count <= limit else { return nil }
      bytes += chunk[..<count]
    }
  }
}
