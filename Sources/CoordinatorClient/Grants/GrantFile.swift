internal import FoundationEssentials
internal import Glibc

/// The node's grants, in one file that the sync, the hooks and the check-in change in turn.
public struct GrantFile: Sendable {
  /// A node takes part in few rollouts at once.
  private static let longest = 1 << 20

  private let path: String

  /// - Parameter state: apt-gate's own folder.
  public init(state: String) { path = "\(state)/grants.json" }

  /// What is kept; empty if there is no file or it cannot be read: then nothing is granted.
  public func grants() -> [NodeGrant] {
    guard let bytes = try? Data(contentsOf: URL(filePath: path)), bytes.count <= Self.longest else { return [] }
    return (try? JSONDecoder().decode([NodeGrant].self, from: bytes)) ?? []
  }

  /// Changes what is kept, alone: durable when it returns. Waits for others up to `limit`.
  public func change(
    within limit: Duration = .seconds(2), _ body: (inout [NodeGrant]) throws -> Void
  ) throws(CoordinatorClientError) {
    let lock = open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard lock >= 0 else { throw problem("locked") }
    defer { close(lock) }
    try take(lock, within: limit)
    var grants = grants()
    let before = grants
    do {
      try body(&grants)
      guard grants != before else { return }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
      try write(Array(try encoder.encode(grants)))
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
