internal import Crypto
import Glibc

/// A new file that is on the disk, not only in memory, once it is finished.
struct DurableFile: ~Copyable {
  private let descriptor: Int32
  private let path: String
  private(set) var bytes = 0

  /// Throws `file` if there is one already.
  init(creating path: String) throws(NetworkSystemError) {
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    self.path = path
    guard descriptor >= 0 else { throw .system(-Int(errno), "cannot write `\(path)`", otherwise: .file) }
  }

  mutating func write(_ part: UnsafeRawBufferPointer) throws(NetworkSystemError) {
    var rest = part
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .system(-Int(errno), "cannot write `\(path)`", otherwise: .file) }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    bytes += part.count
  }

  /// Waits for the disk.
  func finish() throws(NetworkSystemError) {
    guard fsync(descriptor) == 0 else { throw .system(-Int(errno), "cannot write `\(path)`", otherwise: .file) }
  }

  deinit { close(descriptor) }

  /// Makes the names in a folder durable.
  static func synchronize(folder: String) throws(NetworkSystemError) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .system(-Int(errno), "cannot open `\(folder)`", otherwise: .file) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .system(-Int(errno), "cannot write `\(folder)`", otherwise: .file) }
  }
}

extension SHA256.Digest {
  var hexadecimal: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
