internal import FleetStore
internal import GRDB
internal import Synchronization

/// Commits the transactions that wait, as many together as there are: the disk's flush is what costs time.
final class CommitQueue: Sendable {
  /// So that a batch ends well within a caller's deadline.
  private static let largestBatch = 256

  private struct Waiting {
    var transaction: StoreTransaction
    var answer: PendingAnswer<StoreOutcome>
  }

  private struct State {
    var waiting: [Waiting] = []
    var isWriting = false
  }

  private let pool: DatabasePool
  private let state = Mutex(State())

  init(_ pool: DatabasePool) { self.pool = pool }

  /// Gives `answer` when `transaction` is on the disk, or a condition of it did not hold.
  func commit(_ transaction: StoreTransaction, _ answer: PendingAnswer<StoreOutcome>) {
    let begins = state.withLock { state in
      state.waiting.append(Waiting(transaction: transaction, answer: answer))
      defer { state.isWriting = true }
      return !state.isWriting
    }
    guard begins else { return }
    pool.asyncWriteWithoutTransaction { database in
      while let batch = self.next() {
        let results = self.write(batch.map(\.transaction), in: database)
        for (one, result) in zip(batch, results) { one.answer.give(result) }
      }
    }
  }

  /// The transactions that wait now; nil if none does.
  private func next() -> [Waiting]? {
    state.withLock { state in
      let batch = Array(state.waiting.prefix(Self.largestBatch))
      state.waiting.removeFirst(batch.count)
      state.isWriting = !batch.isEmpty
      return batch.isEmpty ? nil : batch
    }
  }

  private func write(
    _ transactions: [StoreTransaction], in database: Database
  ) -> [Result<StoreOutcome, FleetStoreError>] {
    do {
      var outcomes: [StoreOutcome] = []
      // Whoever holds the lock sees what was committed before.
      try database.inTransaction(.immediate) {
        outcomes = try StoreDatabase.apply(transactions, in: database)
        return .commit
      }
      return outcomes.map { .success($0) }
    } catch {
      // INVARIANT: what throws was rolled back as a whole, so no transaction of the batch is in force.
      let problem = StoreDatabase.mapped(error, path: pool.path)
      return transactions.map { _ in .failure(problem) }
    }
  }
}
