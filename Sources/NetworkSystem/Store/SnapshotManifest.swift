import Glibc
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
  /// Nil in snapshots from before it was recorded.
  public var namespace: NetworkNamespace?
  public var files: [File]

  /// How many objects of each kind there are.
  public func count(of kind: NetworkObjectKind) -> Int {
    files.reduce(0) { $1.name.kind == kind ? $0 &+ $1.count : $0 }
  }

  /// Where, when and why it was taken.
  public var origin: SnapshotOrigin {
    SnapshotOrigin(
      microseconds: microseconds ?? 0, host: host, bootID: bootID, kernel: kernel, why: why, namespace: namespace)
  }

  /// Bytes of all files.
  public var byteCount: Int { files.reduce(0) { $0 &+ $1.bytes } }

  /// When it was taken, in microseconds since 1970, UTC; nil if ``time`` is not written as it should be.
  public var microseconds: Int64? {
    let digits = time.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
    guard digits.count == 7, time.utf8.count == 27, digits.allSatisfy({ $0 < 1_000_000 }) else { return nil }
    var parts = tm()
    (parts.tm_year, parts.tm_mon, parts.tm_mday) = (Int32(digits[0] - 1900), Int32(digits[1] - 1), Int32(digits[2]))
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (Int32(digits[3]), Int32(digits[4]), Int32(digits[5]))
    return Int64(timegm(&parts)) * 1_000_000 + Int64(digits[6])
  }
}
