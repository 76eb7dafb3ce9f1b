import FleetStore

/// One coordinator's way to the store: every call takes time, and some fail as real ones do.
final class SimulatedStore: FleetStore, @unchecked Sendable {
  // Sendable: used by one thread only, see `SimulationExecutor`.
  private unowned let world: SimulatedWorld
  /// Set when the coordinator has crashed: nothing that it still wants to do happens.
  var isGone = false
  /// Set while the store cannot be reached.
  var isCutOff = false

  init(_ world: SimulatedWorld) { self.world = world }

  func read(_ keys: [String]) async throws(FleetStoreError) -> [String: StoredValue] {
    try await call { .success($0.table.read(keys)) }
  }

  func range(_ prefix: String, after: String?, limit: Int) async throws(FleetStoreError) -> StoredPage {
    try await call { .success($0.table.range(prefix, after: after, limit: limit)) }
  }

  func transact(_ transaction: StoreTransaction) async throws(FleetStoreError) -> StoreOutcome {
    try transaction.checkLimits()
    return try await call { world in
      let outcome = world.commit(transaction)
      let isLost = world.faults.happens(world.scenario.lostOutcomes)
      return isLost ? .failure(FleetStoreError(.unknownOutcome, "no answer to a transaction")) : .success(outcome)
    }
  }

  /// Half of the time of a call passes before it happens, half after.
  private func call<Answer: Sendable>(
    _ body: @escaping (SimulatedWorld) -> Result<Answer, FleetStoreError>
  ) async throws(FleetStoreError) -> Answer {
    let result: Result<Answer, FleetStoreError> = await withUnsafeContinuation { continuation in
      let world = self.world
      world.resume(after: world.faults.storeLatency) {
        let isDown = self.isGone || self.isCutOff || world.faults.happens(world.scenario.storeFailures)
        let answer = isDown ? .failure(FleetStoreError(.unavailable, "the store is not there")) : body(world)
        world.resume(after: world.faults.storeLatency) { continuation.resume(returning: answer) }
      }
    }
    return try result.get()
  }
}
