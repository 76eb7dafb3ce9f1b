internal import Crypto
import Glibc

/// Reading whole files, in one buffer of their size.
enum StoredFile {
  /// Throws `file`; also if it is larger than `limit` bytes. The buffer has room for at least `capacity`.
  static func read(_ path: String, limit: Int, reserving capacity: Int = 0) throws(NetworkSystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw NetworkSystemError(.file, "`\(path)` is no regular file")
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw NetworkSystemError(.file, "`\(path)` is larger than \(limit) bytes")
    }
    var failed: NetworkSystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: max(size, min(max(0, capacity), limit))) { buffer, count in
      while count < size {
        let length = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, size - count)
        if length < 0, errno == EINTR { continue }
        if length < 0 { failed = failure(path) }
        if length <= 0 { break }
        count += length
      }
    }
    if let failed { throw failed }
    return bytes
  }

  static func sha256(_ bytes: [UInt8]) -> String { SHA256.hash(data: bytes).hexadecimal }

  private static func failure(_ path: String) -> NetworkSystemError {
    .system(-Int(errno), "cannot read `\(path)`", otherwise: .file)
  }
}
