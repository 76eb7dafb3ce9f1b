public import GateModel

extension RolloutStateMachine {
  /// The node asks, right before dpkg, whether its grant still stands. Only after `go` may it begin.
  public mutating func confirmed(token: UInt64, at now: Timestamp) -> ConfirmAnswer {
    guard let node, node.token == token, let deadline = node.deadline else { return .stop(.staleToken) }
    guard head.status == .active || head.status == .completed else { return .stop(standing) }
    guard node.phase == .granted || node.phase == .applying else {
      return .stop(.outOfOrder(node.phase, .confirmed))
    }
    guard now < deadline else { return .stop(.deadlinePassed(deadline)) }
    if node.phase == .granted { _ = move(.confirmed, at: now) }
    return currentGrant(at: now).map(ConfirmAnswer.go) ?? .stop(.staleToken)
  }

  /// Why nothing begins in a rollout with this status.
  private var standing: Refusal {
    let note = head.note ?? RolloutNote(by: RolloutNote.itself, reason: "", at: head.created)
    return switch head.status {
    case .abandoned: .abandoned(note)
    case .superseded: .superseded(note)
    default: .halted(note)
    }
  }

  /// The node says how it goes. A report that came before, or that was overtaken, changes nothing and is accepted.
  public mutating func reported(_ report: NodeReport, token: UInt64, at now: Timestamp) -> ReportAnswer {
    guard let before = node, before.token == token else { return .refuse(.staleToken) }
    let event = report.event
    guard let next = before.phase.after(event) else {
      return isOld(report, in: before.phase) ? .accepted(before.phase) : .refuse(.outOfOrder(before.phase, event))
    }
    guard move(event, at: now) else { return .refuse(.outOfOrder(before.phase, event)) }
    switch report {
    case .applied: break
    case .healthy: becameHealthy(after: before.phase, at: now)
    case .failed(let reason):
      freeSlot()
      failed(reason, .nodeFailed, at: now)
    case .returned(let reason):
      freeSlot()
      node?.reason = reason
    }
    settleRings(at: now)
    return .accepted(node?.phase ?? next)
  }

  /// Whether the report says what is known, or less.
  private func isOld(_ report: NodeReport, in phase: NodePhase) -> Bool {
    switch report {
    case .applied: [.applied, .healthy, .soaked, .failed, .silent].contains(phase)
    case .healthy: [.healthy, .soaked].contains(phase)
    case .failed: phase == .failed
    case .returned: phase == .waiting
    }
  }

  private mutating func becameHealthy(after before: NodePhase, at now: Timestamp) {
    freeSlot()
    guard let ring = recordedRing, let name = node?.node else { return }
    node?.healthySince = now
    head[ring.name].lastHealthy = now
    node?.reason = nil
    node?.deadline = now.advanced(by: ring.soak).advanced(by: ring.silence)
    if before == .silent {
      announce(.nodeRecovered, ring: ring.name, node: name, "it reports that it is well", at: now)
    }
    if ring.soak <= .zero { _ = move(.soaked, at: now) }
  }

  /// A node checked in. `healthyFor` is how long it has been well with the version by its own clock; nil if it does not
  /// say. Both clocks must agree that the soak is over, so that one that jumps does not shorten it.
  public mutating func checkedIn(_ fleetNode: FleetNode, healthyFor: Duration?, at now: Timestamp) {
    guard let record = node, let ring = recordedRing else { return }
    settleRings(at: now)
    switch record.phase {
    case .healthy:
      if let problem = fleetNode.problem { return worsened(problem, at: now) }
      guard let since = record.healthySince, now >= since.advanced(by: ring.soak) else { return }
      if let healthyFor, healthyFor < ring.soak { return }
      _ = move(.soaked, at: now)
      settleRings(at: now)
    case .silent where record.healthySince != nil && fleetNode.problem == nil:
      // It was silent in its soak only, which begins again.
      if move(.healthy, at: now) { becameHealthy(after: .silent, at: now) }
      settleRings(at: now)
    case .soaked where head.status != .completed && !head.status.isOver:
      if let problem = fleetNode.problem { worsened(problem, at: now) }
    default: break
    }
  }

  private mutating func worsened(_ problem: String, at now: Timestamp) {
    guard move(.failed, at: now) else { return }
    failed("after it was healthy: \(problem)", .nodeFailed, at: now)
  }

  /// The node says that the version does not concern it.
  public mutating func foundUnaffected(_ fleetNode: FleetNode, at now: Timestamp) {
    guard case .ring(let ring) = plan.assignment(of: fleetNode) else { return }
    if node == nil { node = NodeRecord(node: fleetNode.name, ring: ring, phase: .expected, since: now) }
    if !move(.unaffected, at: now), node?.phase == .expected { node = nil }
    settleRings(at: now)
  }

  /// Silence is failure: the deadline of the node, if it has one, has passed.
  public mutating func deadlinePassed(at now: Timestamp) {
    guard let before = node, let deadline = before.deadline, now >= deadline, move(.deadlinePassed, at: now) else {
      return
    }
    // Before it was confirmed dpkg cannot run, and the confirmation is refused from now on.
    if before.phase == .granted { freeSlot() }
    failed("nothing heard since it was \(before.phase.rawValue), until \(deadline)", .nodeSilent, at: now)
    settleRings(at: now)
  }

  private mutating func failed(_ reason: String, _ kind: JournalEntry.Kind, at now: Timestamp) {
    guard let ring = recordedRing, let name = node?.node else { return }
    node?.reason = reason
    announce(kind, ring: ring.name, node: name, reason, at: now)
    keepBudget(of: ring, "\(name): \(reason)", at: now)
  }

  /// Halts if more nodes failed than may.
  private mutating func keepBudget(of ring: RingPlan, _ last: String, at now: Timestamp) {
    let record = head[ring.name]
    let failures = record.failures - record.forgiven
    let budget = ring.failureBudget.tolerated(of: max(record.population, record.counts.values.reduce(0, +)))
    guard failures > budget else { return }
    let reason = "\(failures) failed in ring \(ring.name), at most \(budget) may; the last was \(last)"
    if change(.halted, by: RolloutNote.itself, reason, at: now) { announce(.halted, ring: ring.name, reason, at: now) }
  }
}

extension NodeReport {
  var event: NodeEvent {
    switch self {
    case .applied: .applied
    case .healthy: .healthy
    case .failed: .failed
    case .returned: .returned
    }
  }
}
