public import GateModel

extension RolloutStateMachine {
  /// Opens and passes rings as far as that goes now. Every event does so; by itself it is needed where only time or the
  /// plan changed.
  public mutating func settleRings(at now: Timestamp) {
    guard head.status == .active || head.status == .completed else { return }
    for ring in plan.rings where head[ring.name].passed == nil {
      if head[ring.name].opened == nil {
        guard closedReasons(ring).isEmpty else { return }
        head[ring.name].opened = now
        let isFirst = ring.name == plan.rings.first?.name
        announce(
          .ringOpened, ring: ring.name, isFirst ? "it is the first" : "every ring before it has passed", at: now)
      }
      guard hasPassed(ring) else { return }
      head[ring.name].passed = now
      let soaked = head[ring.name][.soaked]
      announce(.ringPassed, ring: ring.name, "\(soaked == 1 ? "1 node has" : "\(soaked) nodes have") soaked", at: now)
    }
    if change(.lastRingPassed, by: RolloutNote.itself, "every ring has passed", at: now) {
      announce(.completed, "every ring has passed", at: now)
    }
  }

  private func hasPassed(_ ring: RingPlan) -> Bool { head[ring.name][.soaked] >= needed(ring) }

  /// How many nodes of the ring must have soaked.
  public func needed(_ ring: RingPlan) -> Int { ring.minimumHealthy.needed(of: head[ring.name].eligible) }

  /// The fleet's nodes were counted: how many are in each ring.
  public mutating func surveyed(_ populations: [String: Int], at now: Timestamp) {
    for ring in plan.rings {
      let population = populations[ring.name] ?? 0
      if head.rings[ring.name]?.population != population { head[ring.name].population = population }
    }
    settleRings(at: now)
  }
}
