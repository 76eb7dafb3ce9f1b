extension GuardStateMachine {
  /// The network as it is when the watch begins, if the baseline is from before: what is missing already is left.
  public mutating func accept(_ current: NetworkSnapshot, at time: Int64) {
    for object in objects(missingIn: current, at: time) {
      absences[object] = Absence(cause: .left, since: time)
      record(.leftToOthers, time, object)
    }
  }

  /// The command ended: what is still missing of everything that was there, less what others deleted on purpose and
  /// what is expected to come and go.
  public mutating func ended(_ current: NetworkSnapshot, at time: Int64) -> [RestorePlan.Step] {
    state = .ended
    let steps = steps(to: current, at: time)
    for step in steps {
      let object = GuardedObject(step.kind, step.place)
      if absences[object] == nil { record(.foundMissing, time, object) }
    }
    return steps
  }

  /// After what was missing was restored: what is there again, and what is not.
  public mutating func concluded(_ current: NetworkSnapshot, restored: [RestorePlan.Step], at time: Int64)
    -> [GuardedObject]
  {
    let missing = objects(missingIn: current, at: time)
    for step in restored where !missing.contains(GuardedObject(step.kind, step.place)) {
      let object = GuardedObject(step.kind, step.place)
      let since = absences.remove(object)?.since
      record(.returned, time, object, delay: since.map { time - $0 })
    }
    return missing
  }

  /// How the node differs from the baseline, for the report.
  public func drift(to current: NetworkSnapshot) -> Drift {
    Drift(from: baseline, to: current, expected: index.expected)
  }

  func objects(missingIn current: NetworkSnapshot, at time: Int64) -> [GuardedObject] {
    steps(to: current, at: time).map { GuardedObject($0.kind, $0.place) }
  }

  private func steps(to current: NetworkSnapshot, at time: Int64) -> [RestorePlan.Step] {
    let plan = RestorePlan(from: current, to: baseline, elapsed: elapsed(at: time), expected: index.expected)
    let bare = linksLeft.subtracting(current.addresses.filter { $0.family == .ipv4 }.map(\.index))
    return plan.steps.filter { !isLeftToOthers(GuardedObject($0.kind, $0.place), bare: bare) }
  }

  /// Deleted by others, or hanging only on links whose last addresses others took away.
  private func isLeftToOthers(_ object: GuardedObject, bare linksLeft: Set<UInt32>) -> Bool {
    if absences[object]?.cause == .left { return true }
    guard object.kind == .route, !linksLeft.isEmpty else { return false }
    let links = index.links(of: object)
    return !links.isEmpty && links.allSatisfy(linksLeft.contains)
  }
}
