internal import FoundationEssentials
import Glibc

/// How many snapshots are kept. The newest always is.
public struct SnapshotRetention: Sendable, Hashable {
  /// At most so many.
  public var count: Int
  /// None that is older.
  public var age: Duration?
  /// At most so many bytes in all.
  public var bytes: Int

  public init(count: Int, age: Duration? = nil, bytes: Int = .max) {
    self.count = count
    self.age = age
    self.bytes = bytes
  }
}

extension SnapshotStore {
  /// After this a draft is none that another process is still writing.
  private static let draftSeconds = 3600

  /// Removes the oldest snapshots until what is left is within `retention`, and what interrupted writes left behind.
  /// Returns the ids that are gone. `now` is in microseconds since 1970, as ``SnapshotOrigin/microseconds``.
  ///
  /// Throws `file`.
  public func prune(_ retention: SnapshotRetention, now: Int64) throws(NetworkSystemError) -> [String] {
    removeOldDrafts(now: now)
    let oldest = retention.age.map { now - $0.components.seconds * 1_000_000 }
    var bytes = 0
    var doomed: [SnapshotManifest] = []
    for (index, manifest) in try list().reversed().enumerated() {
      bytes = bytes.addingReportingOverflow(manifest.byteCount).partialValue
      let isTooOld = oldest.map { (manifest.microseconds ?? .max) < $0 } ?? false
      if index > 0, index >= retention.count || isTooOld || bytes > retention.bytes { doomed.append(manifest) }
    }
    for manifest in doomed.reversed() { try remove(manifest.id) }
    return doomed.reversed().map(\.id)
  }

  /// The manifest goes first, so that a removal that is interrupted leaves nothing that a listing shows.
  private func remove(_ id: String) throws(NetworkSystemError) {
    unlink("\(path(of: id))/\(Self.manifestName)")
    do {
      try FileManager.default.removeItem(atPath: path(of: id))
    } catch {
      throw NetworkSystemError(.file, "cannot remove the snapshot `\(id)`: \(error)")
    }
  }

  private func removeOldDrafts(now: Int64) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(".") && Self.isID(String(name.dropFirst())) {
      var status = stat()
      guard lstat("\(folder)/\(name)", &status) == 0,
        now / 1_000_000 - Int64(status.st_mtim.tv_sec) > Int64(Self.draftSeconds)
      else { continue }
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }
}
