// FleetStoreSQLite: the store of a coordinator that runs alone, in one file.
//
// Knows: SQLite.
// Must never know: what a value means, HTTP, etcd.

public import FleetStore
internal import GRDB

/// The fleet's store in an SQLite database: the default, which needs nothing beside it.
///
/// Several processes of one machine may have it open. Writers wait for each other, up to the deadline. What is committed
/// is on the disk (`synchronous=FULL`). Transactions that are asked for at the same moment are committed together: one
/// flush of the disk for all of them; reads likewise, one snapshot for all of them.
public final class SQLiteFleetStore: FleetStore {
  /// A range of at most so many entries is read among others; a longer one would keep them waiting.
  private static let shortRange = 100

  private let reads: ReadQueue
  private let ranges: ReadQueue
  private let commits: CommitQueue
  private let watch: DeadlineWatch
  private let deadline: Duration

  /// Opens the database at `path`, or makes it.
  ///
  /// - Parameter deadline: how long one call may take.
  public init(path: String, deadline: Duration = .seconds(5)) throws(FleetStoreError) {
    do {
      let pool = try StoreDatabase.open(path, deadline: deadline)
      self.deadline = deadline
      watch = DeadlineWatch(limit: deadline)
      reads = ReadQueue(pool)
      ranges = ReadQueue(pool)
      commits = CommitQueue(pool)
    } catch {
      throw StoreDatabase.mapped(error, path: path)
    }
  }

  public func read(_ keys: [String]) async throws(FleetStoreError) -> [String: StoredValue] {
    guard keys.count <= StoreLimit.mostOperations else {
      throw FleetStoreError(.invalid, "over \(StoreLimit.mostOperations) keys in one read")
    }
    return try await reading(reads) { try StoreDatabase.values(of: keys, in: $0) }
  }

  public func range(_ prefix: String, after: String?, limit: Int) async throws(FleetStoreError) -> StoredPage {
    guard (1...StoreLimit.largestPage).contains(limit) else {
      throw FleetStoreError(.invalid, "a page has 1 to \(StoreLimit.largestPage) entries")
    }
    return try await reading(limit > Self.shortRange ? ranges : reads) {
      try StoreDatabase.page(of: prefix, after: after, limit: limit, in: $0)
    }
  }

  public func transact(_ transaction: StoreTransaction) async throws(FleetStoreError) -> StoreOutcome {
    try transaction.checkLimits()
    return try await watch.answer(
      otherwise: FleetStoreError(.unknownOutcome, "the database did not answer in \(deadline)")
    ) { commits.commit(transaction, $0) }
  }

  private func reading<Value: Sendable>(
    _ queue: ReadQueue, _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(FleetStoreError) -> Value {
    try await watch.answer(
      otherwise: FleetStoreError(.unavailable, "the database did not answer in \(deadline)")
    ) { queue.read($0, body) }
  }
}
