/// What a change does to other units, as far as it reaches a unit through the manager's own rules.
struct UnitActions {
  /// Units that the change stops or restarts and that are not shielded.
  private var stopped: Set<String> = []
  private var started: Set<String> = []

  init(effects: [Effect], shielded: Set<String>, unit lookUp: (String) -> UnitSnapshot?) {
    for effect in effects {
      guard let name = effect.unit else { continue }
      let own = lookUp(name)?.name ?? name
      if shielded.contains(own) { continue }
      if effect.kind == .stop || effect.kind == .restart { stopped.insert(own) }
      if effect.kind == .start || effect.kind == .restart { started.insert(own) }
    }
  }

  /// What stops `unit` although nobody asks the manager to; nil if nothing does.
  func obstacle(for unit: UnitSnapshot, lookUp: (String) -> UnitSnapshot?) -> ShieldObstacle? {
    for relation in UnitRelation.allCases where relation.stopsOnStart {
      if let other = unit.relations[relation, default: []].intersection(started).min() {
        return .conflicts(other: other)
      }
    }
    // Breadth first: the reason that is named is the nearest.
    var seen: Set<String> = [unit.name]
    var pending = [unit]
    while !pending.isEmpty {
      var next: [UnitSnapshot] = []
      for each in pending {
        for (relation, others) in each.stopRelations {
          if let other = others.intersection(stopped).min() { return .stopsWith(other: other, relation: relation) }
          next += others.sorted().filter { seen.insert($0).inserted }.compactMap(lookUp)
        }
      }
      pending = next
    }
    return nil
  }
}

extension UnitSnapshot {
  /// The relations by which it stops when others do, in a fixed order.
  fileprivate var stopRelations: [(UnitRelation, Set<String>)] {
    UnitRelation.allCases.filter(\.propagatesStop).compactMap { relation in relations[relation].map { (relation, $0) } }
  }
}
