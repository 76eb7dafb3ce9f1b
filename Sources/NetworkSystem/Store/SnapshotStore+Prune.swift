internal import FoundationEssentials

extension SnapshotStore {
  /// Removes the oldest snapshots until at most `count` are left, and all that were taken before `time`
  /// (RFC 3339, UTC, as in the manifest). Returns the ids that are gone.
  ///
  /// The newest is never removed. Throws `file`.
  public func prune(keeping count: Int, since time: String? = nil) throws(NetworkSystemError) -> [String] {
    let all = try list()
    let surplus = max(0, all.count - max(1, count))
    let doomed = all.enumerated().filter { index, manifest in
      index < all.count - 1 && (index < surplus || time.map { manifest.time < $0 } ?? false)
    }
    for (_, manifest) in doomed {
      do {
        try FileManager.default.removeItem(atPath: "\(folder)/\(manifest.id)")
      } catch {
        throw NetworkSystemError(.file, "cannot remove the snapshot `\(manifest.id)`: \(error)")
      }
    }
    return doomed.map(\.element.id)
  }
}
