/// The node's grants, in one file that the sync, the hooks and the check-in change in turn.
public struct GrantFile: Sendable {
  private let path: String

  /// - Parameter state: apt-gate's own folder.
  public init(state: String) { path = "\(state)/grants.json" }

  private var file: LockedFile<[NodeGrant]> { LockedFile(path: path, initial: []) }

  /// What is kept; empty if there is no file or it cannot be read: then nothing is granted.
  public func grants() -> [NodeGrant] { (try? file.value()) ?? [] }

  /// Changes what is kept, alone: durable when it returns. Waits for others up to `limit`.
  public func change(
    within limit: Duration = .seconds(2), _ body: (inout [NodeGrant]) throws -> Void
  ) throws(CoordinatorClientError) {
    try file.change(within: limit, reading: grants, body)
  }
}
