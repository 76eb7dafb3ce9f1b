internal import Dispatch
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
  /// Threads that may wait for a disk: those of Swift's tasks may not.
  private let threads = DispatchQueue(label: "fleet store reads", attributes: .concurrent)
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
    if begins { threads.async { while let batch = self.next() { self.read(batch) } } }
  }

  /// The reads that wait now; nil if none does.
  private func next() -> [Waiting]? {
    state.withLock { state in
      let batch = Array(state.waiting.prefix(Self.largestBatch))
      state.waiting.removeFirst(batch.count)
      if batch.isEmpty { state.batches -= 1 }
      return batch.isEmpty ? nil : batch
    }
  }

  // INVARIANT: a batch is taken before its snapshot begins, so that every read in it sees what was committed before it.
  private func read(_ batch: [Waiting]) {
    do {
      try pool.read { database in for one in batch { one.read(database) } }
    } catch {
      // Of reads that have their answer it is dropped.
      for one in batch { one.fail(error) }
    }
  }
}
