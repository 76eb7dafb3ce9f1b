/// Counts what each version did over the nodes that ran it.
struct FleetEffectTally: Sendable {
  private static let mostWords = 40

  private struct Key: Hashable {
    var source: String
    var version: String?
  }

  private var places: [Key: Int] = [:]
  private var all: [FleetUpdateEffect] = []

  mutating func add(_ run: NodeHistory.Transaction) {
    for change in run.changes {
      let key = Key(source: change.source, version: change.to)
      let place = places[key] ?? all.count
      if place == all.count {
        places[key] = place
        all.append(FleetUpdateEffect(source: key.source, version: key.version))
      }
      all[place].count(run, Self.mostWords)
    }
  }

  /// Those that lost most for good first, then those that lost most.
  var lines: [FleetUpdateEffect] {
    all.sorted {
      ($1.missing, $1.lost, $1.runs, $0.source, $0.version ?? "") < (
        $0.missing, $0.lost, $0.runs, $1.source, $1.version ?? ""
      )
    }
  }
}

extension FleetUpdateEffect {
  fileprivate mutating func count(_ run: NodeHistory.Transaction, _ most: Int) {
    runs += 1
    if run.result == "completed" { completed += 1 }
    if run.result == nil { unknown += 1 }
    if let effects = run.effects {
      for effect in effects where predicted.count < most { predicted.insert(effect) }
    } else {
      unpredicted += 1
    }
    if let loss = run.predictedLoss, predictedLoss.count < most { predictedLoss.insert(loss) }
    if let network = run.network {
      watched += 1
      lost += network.lost
      restored += network.restored
      missing += network.missing
    }
    if run.failedProbes?.isEmpty == false { failedProbes += 1 }
  }
}
