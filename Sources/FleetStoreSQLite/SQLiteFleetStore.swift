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
/// flush of the disk for all of them.
public final class SQLiteFleetStore: FleetStore {
  private let pool: DatabasePool
  private let queue: CommitQueue
  private let deadline: Duration

  /// Opens the database at `path`, or makes it.
  ///
  /// - Parameter deadline: how long one call may take.
  public init(path: String, deadline: Duration = .seconds(5)) throws(FleetStoreError) {
    do {
      let pool = try StoreDatabase.open(path, deadline: deadline)
      self.pool = pool
      self.deadline = deadline
      queue = CommitQueue(pool)
    } catch {
      throw StoreDatabase.mapped(error, path: path)
    }
  }

  public func read(_ keys: [String]) async throws(FleetStoreError) -> [String: StoredValue] {
    guard keys.count <= StoreLimit.mostOperations else {
      throw FleetStoreError(.invalid, "over \(StoreLimit.mostOperations) keys in one read")
    }
    return try await reading { try StoreDatabase.values(of: keys, in: $0) }
  }

  public func range(_ prefix: String, after: String?, limit: Int) async throws(FleetStoreError) -> StoredPage {
    guard (1...StoreLimit.largestPage).contains(limit) else {
      throw FleetStoreError(.invalid, "a page has 1 to \(StoreLimit.largestPage) entries")
    }
    return try await reading { try StoreDatabase.page(of: prefix, after: after, limit: limit, in: $0) }
  }

  public func transact(_ transaction: StoreTransaction) async throws(FleetStoreError) -> StoreOutcome {
    try transaction.checkLimits()
    let queue = queue
    return try await Deadline.run(
      within: deadline, otherwise: FleetStoreError(.unknownOutcome, "the database did not answer in \(deadline)")
    ) { try await queue.commit(transaction) }
  }

  private func reading<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(FleetStoreError) -> Value {
    let pool = pool
    return try await Deadline.run(
      within: deadline, otherwise: FleetStoreError(.unavailable, "the database did not answer in \(deadline)")
    ) {
      do {
        return try await pool.read(body)
      } catch {
        throw StoreDatabase.mapped(error, path: pool.path)
      }
    }
  }
}
