public import GateModel

/// What operators do; each gives a reason, and each is in the journal.
extension RolloutStateMachine {
  public mutating func halted(by person: String, _ reason: String, at now: Timestamp) -> OrderAnswer {
    order(.halted, .halted, by: person, reason, at: now)
  }

  /// Goes on. Failures so far count against the budget no more.
  public mutating func resumed(by person: String, _ reason: String, at now: Timestamp) -> OrderAnswer {
    let answer = order(.resumed, .resumed, by: person, reason, at: now)
    guard answer == .done else { return answer }
    for ring in head.rings.keys { head[ring].forgiven = head[ring].failures }
    settleRings(at: now)
    return .done
  }

  public mutating func abandoned(by person: String, _ reason: String, at now: Timestamp) -> OrderAnswer {
    order(.abandoned, .abandoned, by: person, reason, at: now)
  }

  /// A newer version of the source is on its way.
  public mutating func superseded(by version: PackageVersion, at now: Timestamp) {
    _ = order(
      .newerVersion, .superseded, by: RolloutNote.itself, "version \(version) has a rollout of its own", at: now)
  }

  private mutating func order(
    _ event: RolloutEvent, _ kind: JournalEntry.Kind, by person: String, _ reason: String, at now: Timestamp
  ) -> OrderAnswer {
    guard change(event, by: person, reason, at: now) else { return .refuse(.wrongStatus(head.status, event)) }
    announce(kind, by: person, reason, at: now)
    return .done
  }

  /// Goes on without the node. One that is at work is waited for: it reports, or it falls silent.
  public mutating func skipped(
    _ fleetNode: FleetNode, by person: String, _ reason: String, at now: Timestamp
  ) -> OrderAnswer {
    if node == nil {
      guard case .ring(let ring) = plan.assignment(of: fleetNode) else {
        return .refuse(.malformed("node `\(fleetNode.name)` is in no ring"))
      }
      node = NodeRecord(node: fleetNode.name, ring: ring, phase: .expected, since: now)
    }
    return settle(.skipped, .nodeSkipped, by: person, reason, at: now)
  }

  /// Lets a node that failed, or was skipped, try again.
  public mutating func retried(by person: String, _ reason: String, at now: Timestamp) -> OrderAnswer {
    settle(.retried, .nodeRetried, by: person, reason, at: now)
  }

  /// Lets the node install what no ring before its own ran.
  public mutating func admitted(by person: String, _ reason: String, at now: Timestamp) -> OrderAnswer {
    guard let record = node, let unproven = record.unproven, !unproven.isEmpty else {
      return .refuse(.malformed("the node waits for nothing that no earlier ring ran"))
    }
    for artifact in unproven { artifacts.insert(artifact) }
    node?.unproven = nil
    head[record.ring].unproven -= 1
    announce(.admitted, ring: record.ring, node: record.node, by: person, reason, at: now)
    return .done
  }

  private mutating func settle(
    _ event: NodeEvent, _ kind: JournalEntry.Kind, by person: String, _ reason: String, at now: Timestamp
  ) -> OrderAnswer {
    let before = phase
    guard move(event, at: now), let record = node else { return .refuse(.outOfOrder(before, event)) }
    if before == .silent { freeSlot() }
    node?.reason = reason
    node?.by = person
    announce(kind, ring: record.ring, node: record.node, by: person, reason, at: now)
    settleRings(at: now)
    return .done
  }

  /// Lets a ring pass, whatever it waits for, and the rings before it.
  public mutating func promoted(
    _ ring: String, by person: String, _ reason: String, at now: Timestamp
  ) -> OrderAnswer {
    guard let last = plan.rings.firstIndex(where: { $0.name == ring }) else { return .refuse(.noSuchRing(ring)) }
    guard head.status == .active else { return .refuse(.notActive(head.status)) }
    for ring in plan.rings[...last] where head[ring.name].passed == nil {
      if head[ring.name].opened == nil { head[ring.name].opened = now }
      head[ring.name].passed = now
      head[ring.name].promotion = RolloutNote(by: person, reason: reason, at: now)
      announce(.promoted, ring: ring.name, by: person, reason, at: now)
    }
    settleRings(at: now)
    return .done
  }

  /// A person agrees that a ring may open. Counts once for each person, before or when it is the ring's turn.
  public mutating func approved(
    _ ring: String, by person: String, _ reason: String, at now: Timestamp
  ) -> OrderAnswer {
    guard let plan = plan.ring(named: ring) else { return .refuse(.noSuchRing(ring)) }
    guard !head.status.isOver else { return .refuse(.notActive(head.status)) }
    guard plan.approvals.from.isEmpty || plan.approvals.from.contains(person) else {
      return .refuse(.notAnApprover(person, from: plan.approvals.from))
    }
    guard !head[ring].approvals.contains(where: { $0.by == person }) else { return .refuse(.alreadyApproved(person)) }
    head[ring].approvals.append(RolloutNote(by: person, reason: reason, at: now))
    announce(.approved, ring: ring, by: person, reason, at: now)
    settleRings(at: now)
    return .done
  }
}
