public import GateModel
internal import TimeWindows

extension RolloutStateMachine {
  /// Everything that keeps a waiting node of `ring` from beginning now; empty if nothing does.
  public func obstacles(
    for fleetNode: FleetNode, wanting wanted: [Artifact], in ring: RingPlan, at now: Timestamp
  ) -> [WaitReason] {
    var reasons: [WaitReason] = []
    if head.status == .halted, let note = head.note { reasons.append(.halted(note)) }
    if let problem = fleetNode.problem { reasons.append(.unwell(problem)) }
    if head[ring.name].opened == nil { reasons += closedReasons(ring) }
    if let reason = windowReason(ring, at: now) { reasons.append(reason) }
    if slot == nil { reasons += slotReasons(fleetNode, ring) }
    let unproven = artifacts.unknown(wanted)
    if !unproven.isEmpty, !mayProve(ring) { reasons.append(.unproven(unproven)) }
    return reasons
  }

  /// Whether what nodes of the ring run becomes what the others may run: in the first ring, until it has passed. Where an
  /// operator let rings pass before their time, or nothing ran in them, the next one is the first.
  private func mayProve(_ ring: RingPlan) -> Bool {
    let earlier = plan.rings.prefix { $0.name != ring.name }
    return artifacts.artifacts.isEmpty
      || head[ring.name].passed == nil && earlier.allSatisfy { head[$0.name].promotion != nil }
  }

  /// Why a ring is closed.
  func closedReasons(_ ring: RingPlan) -> [WaitReason] {
    var reasons: [WaitReason] = []
    let earlier = plan.rings.prefix { $0.name != ring.name }
    if let first = earlier.first(where: { head[$0.name].passed == nil }) { reasons.append(.earlierRing(first.name)) }
    let have = head[ring.name].approvals.count
    if have < ring.approvals.count {
      reasons.append(
        .approvals(ring: ring.name, have: have, need: ring.approvals.count, from: ring.approvals.from))
    }
    return reasons
  }

  /// Why no node of the ring may begin at this hour.
  func windowReason(_ ring: RingPlan, at now: Timestamp) -> WaitReason? {
    guard !ring.windows.isEmpty else { return nil }
    let end = now.advanced(by: ring.deadline)
    let isOpen = ring.windows.contains { window in
      window.contains(now) && window.end(after: now).map { $0 >= end } ?? true
    }
    guard !isOpen else { return nil }
    return .window(ring: ring.name, opens: ring.windows.compactMap { $0.start(after: now) }.min())
  }

  /// Why there is no room for one more node at work.
  private func slotReasons(_ fleetNode: FleetNode, _ ring: RingPlan) -> [WaitReason] {
    var reasons: [WaitReason] = []
    let limit = ring.slots.limit(of: head[ring.name].population)
    let used = book.rings[ring.name] ?? 0
    if used >= limit { reasons.append(.slots(ring: ring.name, used: used, limit: limit)) }
    for (label, limit) in ring.perDomain.sorted(by: { $0.key < $1.key }) {
      let domain = "\(label)=\(fleetNode.labels[label] ?? "")"
      let used = book.domains[domain] ?? 0
      if used >= limit { reasons.append(.domain(domain, used: used, limit: limit)) }
    }
    return reasons
  }
}
