public import FleetStore
public import GateModel
public import Rollout

/// What a node says of one rollout when it checks in.
public enum CheckInWord: Sendable, Hashable, Codable {
  /// It has the version; for how long it has been well with it, by its own clock.
  case healthy(seconds: Int64?)
  /// The version does not concern it: not installed, or there already without this rollout.
  case unaffected
}

extension RolloutCoordinator {
  /// A node checks in. `words` are about rollouts that it takes part in and that have not soaked on it yet; the answer has
  /// its phase in each of them, without those that are not known.
  public func checkIn(
    _ node: FleetNode, words: [RolloutID: CheckInWord] = [:], under plan: PlanInForce, at now: Timestamp
  ) async throws(FleetStoreError) -> [RolloutID: NodePhase] {
    let kept = try await keep(node, plan)
    var phases: [RolloutID: NodePhase] = [:]
    for (id, word) in words.sorted(by: { $0.key.description < $1.key.description }) {
      let phase = try await turn(id, node.name, plan) { machine in
        switch word {
        case .healthy(let seconds):
          machine.checkedIn(kept, healthyFor: seconds.map { .seconds($0) }, at: now)
        case .unaffected: machine.foundUnaffected(kept, at: now)
        }
        return machine.phase
      }
      if let phase { phases[id] = phase }
    }
    return phases
  }

  /// Writes down the node as it describes itself.
  private func keep(_ node: FleetNode, _ plan: PlanInForce) async throws(FleetStoreError) -> FleetNode {
    let key = FleetKey.node(node.name)
    for _ in 0..<attempts {
      let read = try await store.get(key)
      let before: FleetNode? = try read.map { value throws(FleetStoreError) in
        try RecordCoding.record(in: value, at: key)
      }
      // An older check-in that was overtaken says nothing.
      if let before, before.seen > node.seen { return before }
      let kept = node.following(before, under: plan.plan)
      if kept == before { return kept }
      let write = StoreWrite.put(key: key, bytes: try RecordCoding.bytes(of: kept, at: key))
      let transaction = StoreTransaction(conditions: [StoreCondition(key, is: read?.version)], writes: [write])
      if case .committed = try await store.transact(transaction) { return kept }
    }
    throw FleetStoreError(.unavailable, "others wrote node `\(node.name)` in between; ask again")
  }
}
