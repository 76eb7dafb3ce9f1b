/// How much of a hostile .deb is read before it is refused.
///
/// Each limit stands well above what Debian's and Ubuntu's archives serve, so that only an archive
/// that was made to do harm, or a defect, meets it.
public enum ArchiveLimits {
  /// Memory of a decoder. `xz -9` needs 65 MiB to decode, `zstd --ultra -22` a window of 128 MiB.
  public static let decoderMemory: UInt64 = 128 << 20
  /// Uncompressed size of control.tar. The largest have a few MiB of `md5sums`.
  public static let controlSize: UInt64 = 16 << 20
  /// Uncompressed size of data.tar.
  public static let dataSize: UInt64 = 64 << 30
  /// Uncompressed bytes that are read whatever their compressed size is.
  public static let expansionAllowance: UInt64 = 256 << 20
  /// Beyond the allowance: how many uncompressed bytes a compressed one may stand for. It bounds the time that a
  /// small archive can take.
  public static let expansionRatio: UInt64 = 200
  /// Entries in a tar.
  public static let entryCount = 400_000
  /// Bytes in a path: Linux' PATH_MAX.
  public static let pathLength = 4096
  /// Bytes in all paths and link targets of a package together.
  public static let pathBytes = 64 << 20
  /// Bytes of a pax header.
  public static let paxHeaderSize: UInt64 = 64 << 10
  /// Members before data.tar that dpkg would pass over.
  public static let extraMembers = 16
  /// Bytes of one text that a script may source or run.
  public static let textSize: UInt64 = 256 << 10
  /// Bytes of all such texts of a package.
  public static let textBytes = 16 << 20
}
