internal import FleetStore
internal import Synchronization

/// Ends the waiting of callers whose time is over: one task and one timer, however many wait.
final class DeadlineWatch: Sendable {
  private struct Waiting {
    var due: ContinuousClock.Instant
    var answer: any Expiring
  }

  private struct State {
    /// In the order in which they are due: all have the same limit.
    var waiting: [Waiting] = []
    var isWatching = false
  }

  private let limit: Duration
  private let state = Mutex(State())

  init(limit: Duration) { self.limit = limit }

  /// What the work that `begin` sets off gives as its answer, or `failure` when the limit has passed. The work goes on in
  /// that case: a disk that hangs cannot be called off.
  func answer<Value: Sendable>(
    otherwise failure: FleetStoreError, _ begin: (PendingAnswer<Value>) -> Void
  ) async throws(FleetStoreError) -> Value {
    let result = await withCheckedContinuation {
      (continuation: CheckedContinuation<PendingAnswer<Value>.Answer, Never>) in
      let answer = PendingAnswer<Value>(continuation, otherwise: failure)
      watch(answer)
      begin(answer)
    }
    return try result.get()
  }

  private func watch(_ answer: some Expiring) {
    let begins = state.withLock { state in
      state.waiting.append(Waiting(due: .now + limit, answer: answer))
      defer { state.isWatching = true }
      return !state.isWatching
    }
    guard begins else { return }
    Task { while let due = expire() { try? await Task.sleep(until: due, clock: .continuous) } }
  }

  /// Ends the waiting of those whose time is over. The moment when the next one's is; nil if nobody waits.
  private func expire() -> ContinuousClock.Instant? {
    let (overdue, next) = state.withLock { state in
      let now = ContinuousClock.now
      let first = state.waiting.firstIndex { $0.due > now && !$0.answer.isGiven } ?? state.waiting.endIndex
      let overdue = state.waiting[..<first].map(\.answer)
      state.waiting.removeFirst(first)
      state.isWatching = !state.waiting.isEmpty
      return (overdue, state.waiting.first?.due)
    }
    for answer in overdue { answer.expire() }
    return next
  }
}

/// What may come too late.
protocol Expiring: Sendable {
  var isGiven: Bool { get }
  func expire()
}

/// An answer that one caller waits for: the first that is given counts, all others are dropped.
final class PendingAnswer<Value: Sendable>: Expiring {
  typealias Answer = Result<Value, FleetStoreError>
  private let waiting: Mutex<CheckedContinuation<Answer, Never>?>
  private let failure: FleetStoreError

  init(_ continuation: CheckedContinuation<Answer, Never>, otherwise failure: FleetStoreError) {
    waiting = Mutex(continuation)
    self.failure = failure
  }

  var isGiven: Bool { waiting.withLock { $0 == nil } }

  func give(_ answer: Answer) {
    let continuation = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    continuation?.resume(returning: answer)
  }

  func expire() { give(.failure(failure)) }
}
