import CoordinatorClient
import Dispatch
import GateConfiguration
import Synchronization

/// Asks a coordinator from a command that waits for the answer.
enum FleetQuestion {
  /// What `body` gives. It has deadlines of its own; `limit` ends the waiting whatever hangs.
  static func ask<Answer: Sendable>(
    _ address: CoordinatorAddress, within limit: Duration,
    _ body: @escaping @Sendable (CoordinatorClient) async throws -> Answer
  ) throws -> Answer {
    let client = try CoordinatorClient(address)
    let answer = PendingAnswer<Answer>()
    Task.detached {
      do {
        answer.give(.success(try await body(client)))
      } catch {
        answer.give(.failure(error))
      }
      await client.close()
    }
    guard let result = answer.wait(limit + .seconds(1)) else {
      throw CoordinatorClientError(.unreachable, "`\(address.url)` did not answer in time")
    }
    return try result.get()
  }
}

/// What another thread will give.
private final class PendingAnswer<Answer: Sendable>: Sendable {
  private let value = Mutex<Result<Answer, any Error>?>(nil)
  private let given = DispatchSemaphore(value: 0)

  func give(_ result: Result<Answer, any Error>) {
    value.withLock { $0 = result }
    given.signal()
  }

  func wait(_ limit: Duration) -> Result<Answer, any Error>? {
    _ = given.wait(timeout: .now() + limit / .seconds(1))
    return value.withLock { $0 }
  }
}

extension FleetMembership {
  var address: CoordinatorAddress {
    CoordinatorAddress(url: coordinator, credentials)
  }
}

extension CoordinatorAddress {
  init(url: String, _ credentials: ServerCredentials) {
    self.init(
      url: url, trustedCertificates: credentials.trustedCertificates, certificate: credentials.certificate,
      key: credentials.key, tokenFile: credentials.tokenFile)
  }
}
