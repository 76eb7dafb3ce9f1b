internal import FoundationEssentials
internal import Glibc

/// One value in a file that several processes read, and change in turn.
struct LockedFile<Value: Codable & Equatable> {
  /// Nobody keeps as much.
  private static var longest: Int { 1 << 20 }

  let path: String
  /// What holds where there is no file.
  let initial: Value

  /// What is kept; throws if there is a file that cannot be read.
  func value() throws(CoordinatorClientError) -> Value {
    guard access(path, F_OK) == 0 || errno != ENOENT else { return initial }
    guard let bytes = try? Data(contentsOf: URL(filePath: path)), bytes.count <= Self.longest,
      let value = try? JSONDecoder().decode(Value.self, from: bytes)
    else { throw CoordinatorClientError(.configuration, "`\(path)` cannot be read") }
    return value
  }

  /// Changes what is kept, alone: durable when it returns. Waits for others up to `limit`.
  func change(
    within limit: Duration = .seconds(2), reading: () throws -> Value, _ body: (inout Value) throws -> Void
  ) throws(CoordinatorClientError) {
    let lock = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw problem("locked") }
    defer { close(lock) }
    try take(lock, within: limit)
    do {
      let before = try reading()
      var value = before
      try body(&value)
      guard value != before else { return }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      try write(Array(try encoder.encode(value)))
    } catch let error as CoordinatorClientError {
      throw error
    } catch {
      throw CoordinatorClientError(.configuration, "`\(path)` cannot be written: \(error)")
    }
  }

  private func take(_ lock: Int32, within limit: Duration) throws(CoordinatorClientError) {
    let end = ContinuousClock.now + limit
    while flock(lock, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR, ContinuousClock.now < end else { throw problem("locked") }
      usleep(10_000)
    }
  }

  /// Beside, then in its place, so that a reader sees the old or the new.
  private func write(_ bytes: [UInt8]) throws(CoordinatorClientError) {
    let new = "\(path).new"
    let file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw problem("written") }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { throw problem("written") }
      rest = rest.dropFirst(max(0, count))
    }
    guard fsync(file) == 0, rename(new, path) == 0 else { throw problem("written") }
  }

  private func problem(_ what: String) -> CoordinatorClientError {
    CoordinatorClientError(.configuration, "`\(path)` cannot be \(what): \(String(cString: strerror(errno)))")
  }
}
