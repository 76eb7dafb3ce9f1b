public import CoordinatorAPI

/// A client of any FleetLock server: the coordinator's, airlock, and others.
public struct FleetLockClient: Sendable {
  private let client: CoordinatorClient
  private let request: FleetLockRequest

  /// Throws if `id` or `group` cannot stand in a request.
  public init(_ client: CoordinatorClient, id: String, group: String = "default") throws(APIProblem) {
    self.client = client
    request = FleetLockRequest(id: id, group: group)
    if let problem = request.problem { throw problem }
  }

  /// Asks for a slot once; any error of the server means "not now".
  public func lock(within deadline: Duration) async throws(CoordinatorClientError) {
    try await send("/v1/pre-reboot", within: deadline)
  }

  /// Asks for a slot until there is one or `deadline` has passed, with growing pauses.
  public func lock(waiting deadline: Duration) async throws(CoordinatorClientError) {
    let end = ContinuousClock.now + deadline
    var backOff = BackOff()
    while true {
      do {
        return try await lock(within: min(end - .now, .seconds(60)))
      } catch {
        let pause = backOff.next()
        guard ContinuousClock.now + pause < end, error.code != .configuration else { throw error }
        try? await Task.sleep(for: pause)
      }
    }
  }

  /// Gives the slot back; one that the client does not have is no error.
  public func unlock(within deadline: Duration) async throws(CoordinatorClientError) {
    try await send("/v1/steady-state", within: deadline)
  }

  private func send(_ path: String, within deadline: Duration) async throws(CoordinatorClientError) {
    // Status codes differ by server: airlock says 500 where all slots are taken. So any answer is the answer, and only a
    // lost one is asked for again: a slot that was taken then is one's own.
    try await client.send(
      .post, path, body: request, within: deadline, repeating: .unanswered,
      headers: [FleetLockRequest.header: "true"])
  }
}
