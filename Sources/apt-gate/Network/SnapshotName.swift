import ArgumentParser
import NetworkSystem

/// What a person calls a snapshot: an id or its beginning, `latest`, a path, or `now`.
struct SnapshotName: Sendable, Hashable, ExpressibleByArgument {
  var text: String

  init?(argument: String) {
    guard !argument.isEmpty else { return nil }
    text = argument
  }

  static let now = "now"

  /// Ids of the snapshots in the standard folder, for completion.
  static let completion = CompletionKind.custom { _, _, _ in
    let store = SnapshotStore(folder: "\(NetworkOptions.standardState)/snapshots")
    return ((try? store.list()) ?? []).map(\.id).reversed() + ["latest"]
  }

  /// A stored snapshot. A name with a `/` in it is a path.
  func stored(in store: SnapshotStore) throws -> StoredSnapshot {
    try text.contains("/") ? SnapshotStore.read(folder: text) : store.read(text)
  }

  func view(_ options: NetworkOptions) throws -> NetworkView {
    if text == Self.now { return try .now(namespace: options.netns) }
    return NetworkView(try stored(in: options.store))
  }
}
