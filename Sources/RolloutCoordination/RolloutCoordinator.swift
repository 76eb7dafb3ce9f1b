public import FleetStore
public import GateModel
public import Rollout

/// Runs rollouts over a store. It keeps nothing between two calls: any coordinator may answer any of them, several may do
/// so at once, and each may die in the middle.
///
/// Every call reads, lets a ``RolloutStateMachine`` take the event, and writes what changed if nobody else wrote what it
/// was decided by; else it begins again. All events are harmless when they come twice, so that who gets no answer, or
/// ``FleetStoreError/Code/unknownOutcome``, asks again.
public struct RolloutCoordinator: Sendable {
  let store: any FleetStore
  /// How often a call begins again before it gives up: each time someone else got on.
  let attempts: Int
  /// How writers of this process wait for each other; nil if they do not.
  let order: (any TurnOrder)?
  /// A fleet of fewer nodes is counted whenever its size matters; see ``CountedFleet``.
  let largeFleet: Int

  public init(
    store: any FleetStore, attempts: Int = 64, order: (any TurnOrder)? = nil, largeFleet: Int = 5_000
  ) {
    self.store = store
    self.attempts = attempts
    self.order = order
    self.largeFleet = largeFleet
  }

  /// A node asks for a slot. The first claim of a version begins its rollout.
  public func claim(
    _ id: RolloutID, by node: FleetNode, wanting artifacts: [Artifact], under plan: PlanInForce, at now: Timestamp
  ) async throws(FleetStoreError) -> ClaimAnswer {
    if try await store.get(FleetKey.head(id)) == nil, let refusal = try await beginOnce(id, under: plan, at: now) {
      return .refuse(refusal)
    }
    let answer = try await turn(id, node.name, plan) { $0.claimed(by: node, wanting: artifacts, at: now) }
    guard let answer else {
      // It was not begun, because somebody changed the plan in between.
      throw FleetStoreError(.unavailable, "the fleet's configuration has just changed; ask again")
    }
    return answer
  }

  /// Right before dpkg: does the grant still stand?
  public func confirm(
    _ id: RolloutID, by node: String, token: UInt64, under plan: PlanInForce, at now: Timestamp
  ) async throws(FleetStoreError) -> ConfirmAnswer {
    try await turn(id, node, plan) { $0.confirmed(token: token, at: now) } ?? .stop(.staleToken)
  }

  public func report(
    _ id: RolloutID, by node: String, _ report: NodeReport, token: UInt64, under plan: PlanInForce, at now: Timestamp
  ) async throws(FleetStoreError) -> ReportAnswer {
    try await turn(id, node, plan) { $0.reported(report, token: token, at: now) } ?? .refuse(.staleToken)
  }

  /// What an operator does: `event` calls one of the machine's methods for orders. nil if there is no such rollout.
  public func order(
    _ id: RolloutID, node: String? = nil, under plan: PlanInForce,
    _ event: (inout RolloutStateMachine) -> OrderAnswer
  ) async throws(FleetStoreError) -> OrderAnswer? {
    try await turn(id, node, plan, event)
  }

  /// Many nodes ask for a version that is new: one of them begins its rollout.
  private func beginOnce(
    _ id: RolloutID, under plan: PlanInForce, at now: Timestamp
  ) async throws(FleetStoreError) -> Refusal? {
    guard let order else { return try await begin(id, under: plan, at: now) }
    try await order.enter()
    let result: Result<Refusal?, FleetStoreError>
    do {
      let isThere = try await store.get(FleetKey.head(id)) != nil
      result = .success(isThere ? nil : try await begin(id, under: plan, at: now))
    } catch {
      result = .failure(error)
    }
    await order.leave()
    return try result.get()
  }

  /// One event of one rollout; nil if there is none.
  func turn<Answer>(
    _ id: RolloutID, _ node: String?, _ plan: PlanInForce, _ event: (inout RolloutStateMachine) -> Answer
  ) async throws(FleetStoreError) -> Answer? {
    guard let order else { return try await write(id, node, plan, event) }
    // Most of what is asked changes nothing, and need not wait for those that write.
    let read = try await store.read(RolloutTurn.keys(id, node))
    guard var turn = try RolloutTurn(id, node, plan.plan, read) else { return nil }
    let answer = event(&turn.machine)
    if try turn.transaction(plan.condition) == nil { return answer }
    try await order.enter()
    let result: Result<Answer?, FleetStoreError>
    do {
      result = .success(try await write(id, node, plan, event))
    } catch {
      result = .failure(error)
    }
    await order.leave()
    return try result.get()
  }

  /// As ``turn(_:_:_:_:)``, for whom it is the turn already.
  func write<Answer>(
    _ id: RolloutID, _ node: String?, _ plan: PlanInForce, _ event: (inout RolloutStateMachine) -> Answer
  ) async throws(FleetStoreError) -> Answer? {
    for attempt in 1...attempts {
      let read = try await store.read(RolloutTurn.keys(id, node))
      guard var turn = try RolloutTurn(id, node, plan.plan, read) else { return nil }
      let answer = event(&turn.machine)
      guard let transaction = try turn.transaction(plan.condition) else { return answer }
      if case .committed = try await store.transact(transaction) { return answer }
      try await check(plan)
      await order?.conflicted(times: attempt)
    }
    throw FleetStoreError(.unavailable, "others wrote rollout `\(id)` \(attempts) times in between; ask again")
  }

  /// Throws if the plan is not in force any more: beginning again would never help.
  private func check(_ plan: PlanInForce) async throws(FleetStoreError) {
    guard let condition = plan.condition else { return }
    guard try await store.get(condition.key)?.version == condition.version else {
      throw FleetStoreError(.unavailable, "the fleet's configuration has just changed; ask again")
    }
  }
}
