internal import Glibc

/// Whole files, durably.
enum FileBytes {
  /// nil if it cannot be read, or is longer.
  static func read(_ path: String, atMost limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return bytes }
      if count < 0, errno != EINTR { return nil }
      bytes += buffer.prefix(max(count, 0))
    }
    return nil
  }

  /// Makes a new file, and has it on the disk before it returns.
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(LedgerError) {
    let file = try NewFile(path, mode: mode)
    try file.append(bytes)
    try file.finish()
  }

  /// Has the names in the folder of `path` on the disk.
  static func synchronizeFolder(of path: String) throws(LedgerError) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let folder = parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(folder) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure(folder) }
  }

  static func failure(_ path: String) -> LedgerError {
    let code: LedgerError.Code =
      switch errno {
      case ENOSPC, EDQUOT: .full
      case EROFS, EACCES, EPERM: .readOnly
      default: .unreadable
      }
    return LedgerError(code, "`\(path)` cannot be written: \(SystemCall.problem)", advice: "look at its file system")
  }
}

/// A file that is being written. It must not exist before.
final class NewFile {
  private let path: String
  private let descriptor: Int32

  init(_ path: String, mode: mode_t) throws(LedgerError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
    if descriptor < 0 { throw FileBytes.failure(path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func append(_ bytes: [UInt8]) throws(LedgerError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { throw FileBytes.failure(path) }
      rest = rest.dropFirst(max(count, 0))
    }
  }

  /// Has what was written on the disk.
  func finish() throws(LedgerError) {
    guard fsync(descriptor) == 0 else { throw FileBytes.failure(path) }
  }
}
