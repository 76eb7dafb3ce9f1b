public import FleetStore

/// A store in memory that answers at once: for tests that ask what lies in it.
public actor MemoryFleetStore: FleetStore {
  private var table = MemoryTable()
  /// The keys of every committed transaction, in order.
  public private(set) var written: [[String]] = []

  public init() {}

  public func read(_ keys: [String]) async throws(FleetStoreError) -> [String: StoredValue] { table.read(keys) }

  public func range(_ prefix: String, after: String?, limit: Int) async throws(FleetStoreError) -> StoredPage {
    table.range(prefix, after: after, limit: limit)
  }

  public func transact(_ transaction: StoreTransaction) async throws(FleetStoreError) -> StoreOutcome {
    try transaction.checkLimits()
    let outcome = table.transact(transaction)
    if outcome != .conflict { written.append(transaction.writes.map(\.key)) }
    return outcome
  }

  /// Bytes of the value of a key.
  public func size(of key: String) -> Int { table.read([key])[key]?.bytes.count ?? 0 }
}
