public import NetworkState

/// What a stored snapshot is of, and what its files must be.
public struct SnapshotManifest: Sendable, Hashable, Codable {
  public static let currentSchema = "apt-gate/network-snapshot/1"

  /// One file of the snapshot.
  public struct File: Sendable, Hashable, Codable {
    public var name: SnapshotFile
    /// How many messages it holds.
    public var count: Int
    public var bytes: Int
    /// In hexadecimal.
    public var sha256: String
  }

  public var schema: String
  public var id: String
  /// When it was taken: RFC 3339, UTC, microseconds.
  public var time: String
  public var host: String
  /// `/proc/sys/kernel/random/boot_id`.
  public var bootID: String
  /// `uname -r`.
  public var kernel: String
  /// Who or what asked for it, in one line.
  public var why: String
  /// See ``SnapshotReader/Reading/isOfOneInstant``.
  public var isOfOneInstant: Bool
  public var files: [File]

  /// How many objects of each kind there are.
  public func count(of kind: NetworkObjectKind) -> Int {
    files.reduce(0) { $1.name.kind == kind ? $0 + $1.count : $0 }
  }
}
