/// Writes that happen all together, if every condition holds at that moment, or not at all.
public struct StoreTransaction: Sendable, Hashable {
  public var conditions: [StoreCondition]
  /// At most one for each key.
  public var writes: [StoreWrite]

  public init(conditions: [StoreCondition] = [], writes: [StoreWrite] = []) {
    self.conditions = conditions
    self.writes = writes
  }
}

/// A key that must be as it was read.
public struct StoreCondition: Sendable, Hashable {
  public var key: String
  /// The version that it must have; nil if it must not exist.
  public var version: UInt64?

  public init(_ key: String, is version: UInt64?) {
    self.key = key
    self.version = version
  }
}

public enum StoreWrite: Sendable, Hashable {
  case put(key: String, bytes: [UInt8])
  /// Deleting what does not exist is no error.
  case delete(key: String)

  public var key: String {
    switch self {
    case .put(let key, _), .delete(let key): key
    }
  }
}

public enum StoreOutcome: Sendable, Hashable {
  /// The writes are done and durable.
  case committed(version: UInt64)
  /// A condition does not hold; nothing was written.
  case conflict
}

/// What every driver takes; more is ``FleetStoreError/Code/invalid``.
public enum StoreLimit {
  /// Bytes of a key.
  public static let longestKey = 512
  /// Bytes of a value. etcd takes requests of at most 1.5 MiB (`--max-request-bytes`).
  public static let largestValue = 1 << 20
  /// Keys of a read, and conditions and writes of a transaction together. etcd: 128 (`--max-txn-ops`), for each list.
  public static let mostOperations = 64
  /// Entries of a page.
  public static let largestPage = 1000
}
