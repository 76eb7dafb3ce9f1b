import Glibc

/// Whole files of the kernel and below `/run`, that are small.
enum SmallFile {
  /// The bytes; nil, with `errno`, if it cannot be read or has over `limit` bytes.
  static func contents(of path: String, limit: Int) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while bytes.count <= limit {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return bytes }
      if count > 0 { bytes += chunk[..<count] } else if errno != EINTR { return nil }
    }
    errno = EFBIG
    return nil
  }

  /// Puts a file in place whole: under another name first, then by `rename`. Readers see the old one or the new one.
  static func replace(_ path: String, with text: String, mode: mode_t, isDurable: Bool) throws(SystemdError) {
    let draft = "\(path).\(getpid()).new"
    do throws(SystemdError) {
      try write(draft, text, mode, isDurable)
      guard rename(draft, path) == 0 else { throw .file("cannot put `\(path)` in place") }
    } catch {
      unlink(draft)
      throw error
    }
  }

  /// The process that wrote a draft of that name of the file `name`; nil if it is none.
  static func writer(ofDraft draft: String, of name: String) -> pid_t? {
    guard draft.hasPrefix("\(name)."), draft.hasSuffix(".new") else { return nil }
    return pid_t(draft.dropFirst(name.utf8.count + 1).dropLast(".new".utf8.count)).flatMap { $0 > 0 ? $0 : nil }
  }

  /// Whether the folder that a file would lie in is there.
  static func folderExists(for path: String) -> Bool {
    guard let slash = path.lastIndex(of: "/") else { return true }
    return access(String(path[..<slash]), F_OK) == 0
  }

  private static func write(
    _ path: String, _ text: String, _ mode: mode_t, _ isDurable: Bool
  ) throws(SystemdError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw .file("cannot write `\(path)`") }
    defer { close(descriptor) }
    guard fchmod(descriptor, mode) == 0 else { throw .file("cannot write `\(path)`") }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .file("cannot write `\(path)`") }
      rest = rest.dropFirst(count)
    }
    guard !isDurable || fsync(descriptor) == 0 else { throw .file("cannot write `\(path)`") }
  }
}
