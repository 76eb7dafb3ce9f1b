internal import Dispatch
internal import Glibc
internal import PackageAnalysis
internal import Synchronization

/// Reads the .debs of a transaction on all processors, for as long as there is time: apt waits for the hook.
///
/// One that hangs, because its file system does, keeps its thread and nobody else; it is then one that was not read.
final class ArchiveReading: Sendable {
  typealias Outcome = Result<PackageContents, any Error>

  private struct State {
    /// The next is the last.
    var waiting: [String]
    var outcomes: [String: Outcome] = [:]
  }

  /// More than there are processors, for those that hang.
  private static let threads = max(4, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  private let state: Mutex<State>
  private let read: @Sendable (String) throws -> PackageContents
  private let done = DispatchGroup()

  /// The .debs at `paths`, as far as they could be read by `deadline`.
  static func outcomes(
    of paths: Set<String>, by deadline: ContinuousClock.Instant,
    read: @escaping @Sendable (String) throws -> PackageContents
  ) -> [String: Outcome] {
    let reading = ArchiveReading(paths, read)
    let queue = DispatchQueue.global()
    for _ in 0..<min(paths.count, threads) { queue.async(group: reading.done) { reading.work() } }
    let left = ContinuousClock.now.duration(to: deadline) / .nanoseconds(1)
    _ = reading.done.wait(timeout: .now() + .nanoseconds(Int(max(0, left))))
    return reading.state.withLock { $0.outcomes }
  }

  private init(_ paths: Set<String>, _ read: @escaping @Sendable (String) throws -> PackageContents) {
    self.read = read
    // The largest first, so that no processor is left with it at the end.
    state = Mutex(State(waiting: paths.sorted { (Self.size(of: $0), $0) < (Self.size(of: $1), $1) }))
  }

  private func work() {
    while let path = state.withLock({ $0.waiting.popLast() }) {
      let outcome = Result { try read(path) }
      state.withLock { $0.outcomes[path] = outcome }
    }
  }

  private static func size(of path: String) -> Int {
    var status = stat()
    return path.utf8.contains(0) || stat(path, &status) != 0 ? 0 : Int(status.st_size)
  }
}
