/// A value, and the version of the transaction that wrote it.
public struct StoredValue: Sendable, Hashable {
  public var bytes: [UInt8]
  /// Greater than nought.
  public var version: UInt64

  public init(bytes: [UInt8], version: UInt64) {
    self.bytes = bytes
    self.version = version
  }
}

/// A key with its value.
public struct StoredEntry: Sendable, Hashable {
  public var key: String
  public var value: StoredValue

  public init(key: String, value: StoredValue) {
    self.key = key
    self.value = value
  }
}

/// A part of a range.
public struct StoredPage: Sendable, Hashable {
  /// In the order of the keys' bytes.
  public var entries: [StoredEntry]
  /// Whether more follows the last of them.
  public var hasMore: Bool

  public init(entries: [StoredEntry], hasMore: Bool) {
    self.entries = entries
    self.hasMore = hasMore
  }
}
