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

/// A node's record as it was read, and as a check-in leaves it.
public struct NodeRecordTurn: Sendable {
  /// The node as it is kept: with the labels that it has lost. Of a check-in that was overtaken, the later one.
  public let node: FleetNode
  /// What must still be so when it is written.
  public let condition: StoreCondition
  /// nil if nothing changes.
  public let write: StoreWrite?

  /// - Parameter read: what the store holds under the node's key, among others.
  public init(
    _ node: FleetNode, _ read: [String: StoredValue], under plan: FleetPlan
  ) throws(FleetStoreError) {
    let key = FleetKey.node(node.name)
    let before: FleetNode? = try read[key].map { value throws(FleetStoreError) in
      try RecordCoding.record(in: value, at: key)
    }
    condition = StoreCondition(key, is: read[key]?.version)
    // An older check-in that was overtaken says nothing.
    if let before, before.seen > node.seen {
      self.node = before
      write = nil
    } else {
      self.node = node.following(before, under: plan)
      write = self.node == before ? nil : .put(key: key, bytes: try RecordCoding.bytes(of: self.node, at: key))
    }
  }
}

extension RolloutCoordinator {
  /// A node checks in. `words` are about rollouts that it takes part in and that have not soaked on it yet; the answer has
  /// its phase in each of them, without those that are not known.
  public func checkIn(
    _ node: FleetNode, words: [RolloutID: CheckInWord] = [:], under plan: PlanInForce, at now: Timestamp
  ) async throws(FleetStoreError) -> [RolloutID: NodePhase] {
    try await hear(words, of: try await keep(node, plan), under: plan, at: now)
  }

  /// What a node that is kept says of rollouts; see ``checkIn(_:words:under:at:)``.
  public func hear(
    _ words: [RolloutID: CheckInWord], of node: FleetNode, under plan: PlanInForce, at now: Timestamp
  ) async throws(FleetStoreError) -> [RolloutID: NodePhase] {
    var phases: [RolloutID: NodePhase] = [:]
    for (id, word) in words.sorted(by: { $0.key.description < $1.key.description }) {
      let phase = try await turn(id, node.name, plan) { machine in
        switch word {
        case .healthy(let seconds):
          machine.checkedIn(node, healthyFor: seconds.map { .seconds($0) }, at: now)
        case .unaffected: machine.foundUnaffected(node, at: now)
        }
        return machine.phase
      }
      if let phase { phases[id] = phase }
    }
    return phases
  }

  /// Writes down the node as it describes itself.
  private func keep(_ node: FleetNode, _ plan: PlanInForce) async throws(FleetStoreError) -> FleetNode {
    for _ in 0..<attempts {
      let turn = try NodeRecordTurn(node, try await store.read([FleetKey.node(node.name)]), under: plan.plan)
      guard let write = turn.write else { return turn.node }
      let transaction = StoreTransaction(conditions: [turn.condition], writes: [write])
      if case .committed = try await store.transact(transaction) { return turn.node }
    }
    throw FleetStoreError(.unavailable, "others wrote node `\(node.name)` in between; ask again")
  }
}
