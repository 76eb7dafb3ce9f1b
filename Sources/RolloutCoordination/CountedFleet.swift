internal import FleetStore
internal import GateModel
internal import Rollout

/// How many nodes of a large fleet are in each ring, as they were counted last: whoever asks for a slot of a version that is new
/// begins its rollout, and does not wait until 100,000 nodes are counted. The next survey tells the rollout what has changed.
struct CountedFleet: Sendable, Codable {
  /// Older than this it is counted again. Coordinators survey every minute.
  private static let longest = Duration.seconds(600)

  var at: Timestamp
  /// The version of the configuration by which it was counted.
  var plan: UInt64?
  var populations: [String: Int]

  init(_ survey: FleetSurvey, under plan: PlanInForce, at now: Timestamp) {
    at = now
    self.plan = plan.condition?.version
    populations = survey.populations
  }

  func isGood(under plan: PlanInForce, at now: Timestamp) -> Bool {
    let age = now.duration(since: at)
    return self.plan == plan.condition?.version && age >= .zero && age <= Self.longest
  }
}

extension RolloutCoordinator {
  /// Of two coordinators the later one's count stays, which is as good.
  func keep(_ counted: CountedFleet) async throws(FleetStoreError) {
    let key = FleetKey.counted
    let write = StoreWrite.put(key: key, bytes: try RecordCoding.bytes(of: counted, at: key))
    _ = try await store.transact(StoreTransaction(writes: [write]))
  }

  /// How many nodes are in each ring: counted now, but for a large fleet.
  func populations(under plan: PlanInForce, at now: Timestamp) async throws(FleetStoreError) -> [String: Int] {
    if let value = try await store.get(FleetKey.counted) {
      let counted: CountedFleet = try RecordCoding.record(in: value, at: FleetKey.counted)
      if counted.isGood(under: plan, at: now) { return counted.populations }
    }
    return try await fleetSurvey(plan.plan).populations
  }
}
