public import GateModel

/// The slot of a FleetLock server that this node has: one for the node, whatever is staged on it.
public struct NodeLock: Sendable, Hashable, Codable {
  public enum Phase: String, Sendable, Hashable, CaseIterable, Codable {
    /// dpkg has not begun.
    case taken
    /// The server said, right before dpkg, that it still stands.
    case applying
    /// dpkg is done and the checks after it found nothing.
    case good
    /// dpkg, or the checks after it, found something: the slot is kept, so that nobody else goes on.
    case failed
  }

  public var phase: Phase
  /// When the phase began.
  public var since: Timestamp
  /// The kernel's id of the boot that it began in.
  public var boot: String
  /// Why it failed.
  public var reason: String?

  public init(_ phase: Phase, since: Timestamp, boot: String, reason: String? = nil) {
    self.phase = phase
    self.since = since
    self.boot = boot
    self.reason = reason
  }

  /// The server has no limit for a slot. One that is not used, or is needed no longer, goes back after this time even if nobody
  /// says that apt's run is over.
  static let longest = Duration.seconds(3600)

  /// What becomes of it when the node looks after it: it stays, goes back, or is known to have failed.
  public enum Fate: Sendable, Hashable {
    case stays
    case goesBack
    case failed(String)
  }

  /// - Parameters:
  ///   - isRunOver: whether apt's run that it was taken for has ended.
  ///   - boot: the kernel's id of this boot.
  public func fate(isRunOver: Bool, boot: String, at now: Timestamp) -> Fate {
    let isOver = isRunOver || boot != self.boot || now.duration(since: since) > Self.longest
    return switch phase {
    case .taken, .good: isOver ? .goesBack : .stays
    case .applying: boot != self.boot ? .failed("the node started again while the update was being applied") : .stays
    case .failed: .stays
    }
  }
}

/// The node's slot, in a file that the sync, the hooks and the check-in change in turn.
public struct NodeLockFile: Sendable {
  private let path: String

  /// - Parameter state: apt-gate's own folder.
  public init(state: String) { path = "\(state)/fleetlock.json" }

  private var file: LockedFile<NodeLock?> { LockedFile(path: path, initial: nil) }

  /// The slot; nil if there is none. Throws if the file cannot be read: then nobody knows.
  public func lock() throws(CoordinatorClientError) -> NodeLock? { try file.value() }

  /// Changes what is kept, alone: durable when it returns. Waits for others up to `limit`.
  public func change(
    within limit: Duration = .seconds(2), _ body: (inout NodeLock?) throws -> Void
  ) throws(CoordinatorClientError) {
    try file.change(within: limit, reading: file.value, body)
  }
}
