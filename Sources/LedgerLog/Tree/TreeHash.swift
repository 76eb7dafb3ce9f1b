internal import Crypto

/// A SHA-256 hash of the Merkle tree. Source: RFC 6962, section 2.1.
public struct TreeHash: Sendable, Hashable {
  public static let byteCount = 32

  /// Always 32.
  public let bytes: [UInt8]

  /// nil unless there are 32 bytes.
  public init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = Array(bytes)
  }

  private init(digest: SHA256.Digest) { bytes = Array(digest) }

  /// The root of a tree without entries.
  public static let empty = TreeHash(digest: SHA256.hash(data: [UInt8]()))

  /// The hash of an entry.
  public static func leaf(_ entry: some Sequence<UInt8>) -> TreeHash {
    TreeHash(digest: SHA256.hash(data: [0] + entry))
  }

  /// The hash of two subtrees side by side.
  public static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
    TreeHash(digest: SHA256.hash(data: [1] + left.bytes + right.bytes))
  }
}
