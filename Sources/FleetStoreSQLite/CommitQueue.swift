internal import FleetStore
internal import GRDB

/// Commits the transactions that wait, as many together as there are: the disk's flush is what costs time.
actor CommitQueue {
  /// So that a batch ends well within a caller's deadline.
  private static let largestBatch = 256

  private struct Waiting {
    var transaction: StoreTransaction
    var continuation: CheckedContinuation<Result<StoreOutcome, FleetStoreError>, Never>
  }

  private let pool: DatabasePool
  private var waiting: [Waiting] = []
  private var isWriting = false

  init(_ pool: DatabasePool) { self.pool = pool }

  /// Returns when `transaction` is on the disk, or a condition of it did not hold.
  func commit(_ transaction: StoreTransaction) async throws(FleetStoreError) -> StoreOutcome {
    let result = await withCheckedContinuation { continuation in
      waiting.append(Waiting(transaction: transaction, continuation: continuation))
      if !isWriting {
        isWriting = true
        Task { await drain() }
      }
    }
    return try result.get()
  }

  private func drain() async {
    while !waiting.isEmpty {
      let batch = Array(waiting.prefix(Self.largestBatch))
      waiting.removeFirst(batch.count)
      for (one, result) in zip(batch, await write(batch.map(\.transaction))) {
        one.continuation.resume(returning: result)
      }
    }
    isWriting = false
  }

  private func write(_ transactions: [StoreTransaction]) async -> [Result<StoreOutcome, FleetStoreError>] {
    do {
      // GRDB's write is `BEGIN IMMEDIATE`: whoever holds the lock sees what was committed before.
      return try await pool.write { database in
        try transactions.map { .success(try StoreDatabase.apply($0, in: database)) }
      }
    } catch {
      // INVARIANT: what throws was rolled back as a whole, so no transaction of the batch is in force.
      let problem = StoreDatabase.mapped(error, path: pool.path)
      return transactions.map { _ in .failure(problem) }
    }
  }
}
