import FleetStore
import Synchronization

/// Hands everything on, and counts.
final class CountingStore: FleetStore {
  struct Calls: Equatable, Sendable {
    var reads = 0
    var ranges = 0
    var transactions: [[String]] = []
  }

  private let store: any FleetStore
  private let counted = Mutex(Calls())

  init(_ store: any FleetStore) { self.store = store }

  /// What was asked since the last time.
  func take() -> Calls {
    counted.withLock { calls in
      defer { calls = Calls() }
      return calls
    }
  }

  func read(_ keys: [String]) async throws(FleetStoreError) -> [String: StoredValue] {
    counted.withLock { $0.reads += 1 }
    return try await store.read(keys)
  }

  func range(_ prefix: String, after: String?, limit: Int) async throws(FleetStoreError) -> StoredPage {
    counted.withLock { $0.ranges += 1 }
    return try await store.range(prefix, after: after, limit: limit)
  }

  func transact(_ transaction: StoreTransaction) async throws(FleetStoreError) -> StoreOutcome {
    counted.withLock { $0.transactions.append(transaction.writes.map(\.key)) }
    return try await store.transact(transaction)
  }
}
