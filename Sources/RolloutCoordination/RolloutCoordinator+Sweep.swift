public import FleetStore
public import GateModel
public import Rollout

/// What has to happen though no node says anything. Any coordinator may do it, at any time and as often as it likes.
extension RolloutCoordinator {
  /// Notes silence, opens and passes rings, and keeps one rollout of each source.
  public func sweep(under plan: PlanInForce, at now: Timestamp) async throws(FleetStoreError) {
    // Those of rollouts that are over, too: their nodes still hold slots.
    try await noteSilence(plan, now)
    let heads = try await heads().filter { !$0.status.isOver }
    for head in heads {
      if let newer = Self.newest(of: head.id, among: heads), newer != head.id {
        _ = try await turn(head.id, nil, plan) { $0.superseded(by: newer.version, at: now) }
      }
      _ = try await turn(head.id, nil, plan) { $0.settleRings(at: now) }
    }
  }

  private func noteSilence(_ plan: PlanInForce, _ now: Timestamp) async throws(FleetStoreError) {
    var after: String?
    while true {
      let page = try await store.range(FleetKey.due, after: after, limit: 100)
      for entry in page.entries {
        guard let due = FleetKey.dueParts(entry.key), due.deadline <= now else { return }
        _ = try await turn(due.id, due.node, plan) { $0.deadlinePassed(at: now) }
      }
      guard page.hasMore, let last = page.entries.last else { return }
      after = last.key
    }
  }

  /// Counts the fleet's nodes, and tells every rollout how many are in each ring. `look` sees each node once.
  @discardableResult
  public func survey(
    under plan: PlanInForce, at now: Timestamp, _ look: (FleetNode) -> Void = { _ in }
  ) async throws(FleetStoreError) -> FleetSurvey {
    let survey = try await fleetSurvey(plan.plan, look)
    if survey.nodes >= largeFleet { try await keep(CountedFleet(survey, under: plan, at: now)) }
    for head in try await heads() where !head.status.isOver {
      _ = try await turn(head.id, nil, plan) { $0.surveyed(survey.populations, at: now) }
    }
    return survey
  }

  /// Goes through all nodes once.
  public func fleetSurvey(
    _ plan: FleetPlan, _ look: (FleetNode) -> Void = { _ in }
  ) async throws(FleetStoreError) -> FleetSurvey {
    var survey = FleetSurvey(plan)
    try await eachNode { node in
      survey.count(node)
      look(node)
    }
    return survey
  }

  /// Begins a rollout: one of the same source with an older version ends, one with a newer version refuses.
  func begin(
    _ id: RolloutID, under plan: PlanInForce, at now: Timestamp
  ) async throws(FleetStoreError) -> Refusal? {
    let others = try await heads(FleetKey.heads(of: id.source)).filter { !$0.status.isOver }
    if let newer = others.first(where: { $0.id.version.isLater(than: id.version) }) {
      let reason = "version \(newer.id.version) has a rollout of its own"
      return .superseded(RolloutNote(by: RolloutNote.itself, reason: reason, at: newer.created))
    }
    for older in others where older.id != id {
      // INVARIANT: it is this call's turn already.
      _ = try await write(older.id, nil, plan) { $0.superseded(by: id.version, at: now) }
    }
    let populations = try await populations(under: plan, at: now)
    var machine = RolloutStateMachine(plan: plan.plan, head: RolloutHead(id: id, created: now))
    machine.begun(populations, at: now)
    var writes: [StoreWrite] = []
    for (number, entry) in machine.announcements.enumerated() {
      let key = FleetKey.journal(id, number)
      writes.append(.put(key: key, bytes: try RecordCoding.bytes(of: entry, at: key)))
    }
    let key = FleetKey.head(id)
    writes.append(.put(key: key, bytes: try RecordCoding.bytes(of: machine.head, at: key)))
    writes.append(RolloutTurn.active(machine.head))
    let conditions = [StoreCondition(key, is: nil)] + (plan.condition.map { [$0] } ?? [])
    // A conflict means that another coordinator has begun it.
    _ = try await store.transact(StoreTransaction(conditions: conditions, writes: writes))
    return nil
  }

  private static func newest(of id: RolloutID, among heads: [RolloutHead]) -> RolloutID? {
    heads.map(\.id).filter { $0.source == id.source }.max { $0.version.isEarlier(than: $1.version) }
  }
}
