internal import FleetStore
internal import Synchronization

/// Work that may not keep its caller waiting.
enum Deadline {
  /// What `body` gives, or `failure` when `limit` has passed. The work itself goes on in that case: a disk that hangs
  /// cannot be called off.
  static func run<Value: Sendable>(
    within limit: Duration, otherwise failure: FleetStoreError,
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws(FleetStoreError) -> Value {
    let answer = FirstAnswer<Value>()
    let result = await withCheckedContinuation { continuation in
      answer.await(continuation)
      let timer = Task {
        try? await Task.sleep(for: limit)
        if !Task.isCancelled { answer.give(.failure(failure)) }
      }
      Task {
        do {
          answer.give(.success(try await body()))
        } catch let error as FleetStoreError {
          answer.give(.failure(error))
        } catch {
          answer.give(.failure(FleetStoreError(.unavailable, "\(error)")))
        }
        timer.cancel()
      }
    }
    return try result.get()
  }
}

/// Hands on the first of several answers and drops the rest.
private final class FirstAnswer<Value: Sendable>: Sendable {
  typealias Answer = Result<Value, FleetStoreError>
  private let waiting = Mutex<CheckedContinuation<Answer, Never>?>(nil)

  func await(_ continuation: CheckedContinuation<Answer, Never>) { waiting.withLock { $0 = continuation } }

  func give(_ answer: Answer) {
    let continuation = waiting.withLock { waiting in
      defer { waiting = nil }
      return waiting
    }
    continuation?.resume(returning: answer)
  }
}
