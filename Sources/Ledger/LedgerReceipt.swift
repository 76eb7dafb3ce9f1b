public import LedgerLog

/// What appending came to: the entries are on the disk.
public struct LedgerReceipt: Sendable, Hashable {
  /// The new entries' places.
  public var sequences: Range<Int>
  /// Covers them.
  public var checkpoint: SignedCheckpoint
}
