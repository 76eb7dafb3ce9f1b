public import GateModel

extension RolloutStateMachine {
  /// A node on which the version is pending asks for a slot. `wanted` is what it would install of the source.
  ///
  /// Asking again is harmless: a node has one grant at most, and gets the same one until it ends.
  public mutating func claimed(
    by fleetNode: FleetNode, wanting wanted: [Artifact], at now: Timestamp
  ) -> ClaimAnswer {
    if let refusal = refusal(of: wanted) { return .refuse(refusal) }
    settleRings(at: now)
    if phase.isAtWork || phase == .healthy { deadlinePassed(at: now) }
    let ring: RingPlan
    switch plan.assignment(of: fleetNode) {
    case .ring(let name):
      guard let found = plan.ring(named: name) else { return wait([.noRing], at: now) }
      ring = found
    case .none: return answerAsIs(at: now) ?? wait([.noRing], at: now)
    case .several(let groups): return answerAsIs(at: now) ?? wait([.severalRings(groups: groups)], at: now)
    }
    if let answer = answerAsIs(at: now) { return answer }
    join(fleetNode.name, ring.name, at: now)
    let reasons = obstacles(for: fleetNode, wanting: wanted, in: ring, at: now)
    let unproven = reasons.compactMap { reason in
      if case .unproven(let artifacts) = reason { artifacts } else { nil }
    }.first
    note(unproven, in: ring.name)
    return reasons.isEmpty ? grant(fleetNode, wanted, ring, at: now) : wait(reasons, at: now)
  }

  private func refusal(of wanted: [Artifact]) -> Refusal? {
    switch head.status {
    case .abandoned: return head.note.map(Refusal.abandoned)
    case .superseded where !phase.isAtWork: return head.note.map(Refusal.superseded)
    default: break
    }
    guard !wanted.isEmpty, wanted.count <= ArtifactSet.most, wanted.allSatisfy(\.isValid) else {
      return .malformed("a claim names 1 to \(ArtifactSet.most) binary packages, each with its SHA-256")
    }
    let altered = artifacts.altered(wanted)
    return altered.isEmpty ? nil : .altered(altered)
  }

  /// The answer to a node that is past waiting.
  private func answerAsIs(at now: Timestamp) -> ClaimAnswer? {
    guard let node else { return nil }
    switch node.phase {
    case .expected, .waiting, .unaffected: return nil
    case .granted: return currentGrant(at: now).map(ClaimAnswer.grant)
    case .applying, .applied: return currentGrant(at: now).map(ClaimAnswer.underway)
    case .healthy, .soaked: return .settled(node.phase)
    case .failed, .silent: return .refuse(.nodeFailed(reason: node.reason ?? "it did not say why"))
    case .skipped:
      return .refuse(.skipped(RolloutNote(by: node.by ?? "", reason: node.reason ?? "", at: node.since)))
    }
  }

  func currentGrant(at now: Timestamp) -> Grant? {
    guard let node, let token = node.token, let deadline = node.deadline else { return nil }
    return Grant(rollout: head.id, node: node.node, token: token, deadline: deadline, now: now)
  }

  private func wait(_ reasons: [WaitReason], at now: Timestamp) -> ClaimAnswer { .wait(Waiting(reasons, at: now)) }

  /// Counts the node among those of the ring, and takes it along if its labels have moved it.
  private mutating func join(_ name: String, _ ring: String, at now: Timestamp) {
    var record = node ?? NodeRecord(node: name, ring: ring, phase: .expected, since: now)
    if record.phase == .waiting, record.ring != ring {
      head[record.ring][.waiting] -= 1
      head[ring][.waiting] += 1
      if record.unproven != nil {
        head[record.ring].unproven -= 1
        head[ring].unproven += 1
      }
    }
    if record.phase == .unaffected, record.ring != ring {
      head[record.ring][.unaffected] -= 1
      head[ring][.unaffected] += 1
    }
    record.ring = ring
    node = record
    if record.phase != .waiting { _ = move(.joined, at: now) }
  }

  /// Writes down what the node would install and no ring before ran, so that people see it and can admit it.
  private mutating func note(_ unproven: [Artifact]?, in ring: String) {
    guard node?.unproven != unproven else { return }
    head[ring].unproven += (unproven == nil ? 0 : 1) - (node?.unproven == nil ? 0 : 1)
    node?.unproven = unproven
  }

  private mutating func grant(
    _ fleetNode: FleetNode, _ wanted: [Artifact], _ ring: RingPlan, at now: Timestamp
  ) -> ClaimAnswer {
    let id = head.id.description
    guard move(.granted, at: now), var record = node else { return wait([.noRing], at: now) }
    book.lastToken += 1
    if slot == nil {
      let fresh = SlotRecord(node: record.node, ring: ring.name, domains: plan.domains(of: fleetNode))
      book.take(fresh)
      slot = fresh
    }
    slot?.holders[id] = book.lastToken
    record.token = book.lastToken
    record.deadline = now.advanced(by: ring.deadline)
    record.healthySince = nil
    record.reason = nil
    record.by = nil
    node = record
    // What is not among them already may be added: else `obstacles` would have said so.
    for artifact in wanted { artifacts.insert(artifact) }
    return currentGrant(at: now).map(ClaimAnswer.grant) ?? wait([.noRing], at: now)
  }
}
