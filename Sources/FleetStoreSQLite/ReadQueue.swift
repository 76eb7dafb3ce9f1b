internal import FleetStore
internal import GRDB
internal import Synchronization

/// Answers the reads that wait, as many together as there are: a thread and a snapshot cost more than what is read.
final class ReadQueue: Sendable {
  private static let largestBatch = 256
  /// One is read while the next one gathers.
  private static let mostBatches = 2

  private struct Waiting {
    var read: @Sendable (Database) -> Void
    var fail: @Sendable (any Error) -> Void
  }

  private struct State {
    var waiting: [Waiting] = []
    /// How many batches are being read.
    var batches = 0
  }

  private let pool: DatabasePool
  private let state = Mutex(State())

  init(_ pool: DatabasePool) { self.pool = pool }

  /// Gives `answer` what `body` finds. A read that fails leaves those beside it alone.
  func read<Value: Sendable>(
    _ answer: PendingAnswer<Value>, _ body: @escaping @Sendable (Database) throws -> Value
  ) {
    let path = pool.path
    let fail: @Sendable (any Error) -> Void = { answer.give(.failure(StoreDatabase.mapped($0, path: path))) }
    let one = Waiting(
      read: { database in
        do {
          answer.give(.success(try body(database)))
        } catch {
          fail(error)
        }
      }, fail: fail)
    let begins = state.withLock { state in
      state.waiting.append(one)
      guard state.batches < Self.mostBatches else { return false }
      state.batches += 1
      return true
    }
    if begins { readNext() }
  }

  private func readNext() {
    // INVARIANT: a batch is taken before its snapshot begins, so that every read in it sees what was committed before it.
    let batch = state.withLock { state in
      let batch = Array(state.waiting.prefix(Self.largestBatch))
      state.waiting.removeFirst(batch.count)
      if batch.isEmpty { state.batches -= 1 }
      return batch
    }
    guard !batch.isEmpty else { return }
    pool.asyncRead { snapshot in
      switch snapshot {
      case .success(let database): for one in batch { one.read(database) }
      case .failure(let error): for one in batch { one.fail(error) }
      }
      self.readNext()
    }
  }
}
