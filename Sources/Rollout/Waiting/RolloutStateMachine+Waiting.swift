public import GateModel

extension RolloutStateMachine {
  /// Everything that a ring waits for before it passes; empty if it has passed or its rollout is over.
  public func reasons(of ring: RingPlan, at now: Timestamp) -> [WaitReason] {
    let record = head[ring.name]
    guard record.passed == nil, !head.status.isOver else { return [] }
    var reasons: [WaitReason] = []
    if head.status == .halted, let note = head.note { reasons.append(.halted(note)) }
    if record.population == 0, record.counts.isEmpty { reasons.append(.noMembers(ring: ring.name)) }
    guard record.opened != nil else { return reasons + closedReasons(ring) }
    return reasons + nodeReasons(of: ring, record, at: now)
  }

  /// What an open ring's nodes wait for.
  private func nodeReasons(of ring: RingPlan, _ record: RingRecord, at now: Timestamp) -> [WaitReason] {
    var reasons: [WaitReason] = []
    let needed = needed(ring)
    let atWork = record[.granted] + record[.applying] + record[.applied]
    if atWork > 0 { reasons.append(.atWork(ring: ring.name, count: atWork)) }
    if record[.waiting] > 0 {
      let used = book.rings[ring.name] ?? 0
      let limit = ring.slots.limit(of: record.population)
      if used >= limit { reasons.append(.slots(ring: ring.name, used: used, limit: limit)) }
      let window = windowReason(ring, at: now)
      if let window { reasons.append(window) }
      let neighbours = fullDomains(ring)
      reasons += neighbours
      if record.unproven > 0 { reasons.append(.unprovenNodes(ring: ring.name, count: record.unproven)) }
      let ready = record[.waiting] - record.unproven
      if used < limit, window == nil, neighbours.isEmpty, ready > 0 {
        reasons.append(.turn(ring: ring.name, count: ready))
      }
    }
    if record[.healthy] > 0 {
      let until = record.lastHealthy?.advanced(by: ring.soak)
      reasons.append(.soak(ring: ring.name, soaked: record[.soaked], need: needed, until: until))
    }
    if record.expected > 0 { reasons.append(.unheard(ring: ring.name, count: record.expected)) }
    if record.eligible < needed, record.population > 0 || !record.counts.isEmpty {
      reasons.append(.minimumHealthy(ring: ring.name, have: record[.soaked], need: needed))
    }
    return reasons
  }

  /// Failure domains in which no further node may begin; the first ones.
  private func fullDomains(_ ring: RingPlan) -> [WaitReason] {
    let full = book.domains.sorted { $0.key < $1.key }.compactMap { domain, used -> WaitReason? in
      guard let limit = ring.perDomain[String(domain.prefix { $0 != "=" })], used >= limit else { return nil }
      return .domain(domain, used: used, limit: limit)
    }
    return Array(full.prefix(3))
  }

  /// What the rollout as a whole waits for: its first ring that has not passed. Empty only if it is over or completed.
  public func reasons(at now: Timestamp) -> [WaitReason] {
    guard let ring = plan.rings.first(where: { head[$0.name].passed == nil }) else {
      return head.status == .halted ? head.note.map { [.halted($0)] } ?? [] : []
    }
    let reasons = reasons(of: ring, at: now)
    guard reasons.isEmpty, !head.status.isOver else { return reasons }
    return [.minimumHealthy(ring: ring.name, have: head[ring.name][.soaked], need: needed(ring))]
  }
}
