internal import GateModel

/// Counts each CVE over the nodes.
struct FleetCVETally: Sendable {
  private struct Key: Hashable {
    var cve: String
    var source: String
  }

  private struct Tally {
    var line: FleetCVE
    var open: [Int64] = []
  }

  private var places: [Key: Int] = [:]
  private var tallies: [Tally] = []

  /// Adds a node's; gives whether the fix of any is pending.
  ///
  /// - Parameter exposures: the node's, of which those that are held at the end hold their CVEs' fixes.
  mutating func add(_ cves: [CVEExposure], heldAtEnd exposures: [Exposure]) -> Bool {
    var isOpen = false
    let held = Set(
      exposures.lazy.filter { $0.end == .open && $0.holds.last?.end == nil && !$0.holds.isEmpty }.map {
        Key(cve: $0.to, source: $0.source)
      })
    for exposure in cves {
      let place = place(of: exposure)
      tallies[place].open.append(exposure.open.components.seconds)
      tallies[place].line.count(exposure)
      guard exposure.end == .open else { continue }
      isOpen = true
      if exposure.versions.contains(where: { held.contains(Key(cve: $0, source: exposure.source)) }) {
        tallies[place].line.held += 1
      }
    }
    return isOpen
  }

  private mutating func place(of exposure: CVEExposure) -> Int {
    let key = Key(cve: exposure.cve, source: exposure.source)
    if let place = places[key] { return place }
    places[key] = tallies.count
    tallies.append(
      Tally(
        line: FleetCVE(
          cve: exposure.cve, source: exposure.source, versions: exposure.versions, firstSeen: exposure.firstSeen)))
    return tallies.count - 1
  }

  /// Those that most nodes are open to first, then those that were open for the longest.
  var lines: [FleetCVE] {
    tallies.map { tally in
      var line = tally.line
      line.medianOpen = Median.of(tally.open) ?? .zero
      return line
    }.sorted {
      ($1.open, $1.longestOpen, $0.cve, $0.source) < ($0.open, $0.longestOpen, $1.cve, $1.source)
    }
  }
}

extension FleetCVE {
  fileprivate mutating func count(_ exposure: CVEExposure) {
    if versions != exposure.versions { for version in exposure.versions { versions.insert(version) } }
    firstSeen = min(firstSeen, exposure.firstSeen)
    switch exposure.end {
    case .open: open += 1
    case .applied, .installed, .superseded: fixed += 1
    case .unclear, .removed, .withdrawn: unclear += 1
    }
    longestOpen = max(longestOpen, exposure.open)
    longestHeld = max(longestHeld, exposure.held)
  }
}
