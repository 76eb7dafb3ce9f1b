internal import GateModel

/// Counts each version over the nodes.
struct FleetUpdateTally: Sendable {
  /// Names of nodes, and rules, that one line has.
  private static let mostHolders = 10
  private static let mostWords = 20

  private struct Key: Hashable {
    var source: String
    var version: String
  }

  private struct Tally {
    var line: FleetUpdate
    /// How long it has been open, by node, in seconds.
    var open: [Int64] = []
  }

  private var places: [Key: Int] = [:]
  private var tallies: [Tally] = []

  mutating func add(
    _ update: NodeHistory.Update, _ exposure: Exposure?, _ hold: (span: NodeHistory.Hold, since: Timestamp)?,
    on node: String, in period: ReportPeriod
  ) {
    let place = place(of: Key(source: update.source, version: update.to))
    tallies[place].line.count(update)
    if let hold { tallies[place].line.count(hold.span, since: hold.since, of: update, on: node, Self.mostHolders) }
    if let exposure {
      tallies[place].open.append(exposure.open.components.seconds)
      tallies[place].line.count(exposure, in: period)
    } else {
      tallies[place].line.open += 1
    }
    for span in update.holds where period.touches(span.since, span.until) {
      for rule in span.rules where tallies[place].line.rules.count < Self.mostWords {
        tallies[place].line.rules.insert(rule)
      }
    }
  }

  private mutating func place(of key: Key) -> Int {
    if let place = places[key] { return place }
    places[key] = tallies.count
    tallies.append(Tally(line: FleetUpdate(source: key.source, version: key.version)))
    return tallies.count - 1
  }

  /// Those that most nodes hold first, then those that were pending on most.
  var lines: [FleetUpdate] {
    tallies.map { tally in
      var line = tally.line
      line.rules.sort()
      line.medianOpen = Median.of(tally.open)
      line.longestOpen = tally.open.max().map { .seconds($0) }
      return line
    }.sorted {
      ($1.held, $1.open, $1.everHeld, $0.source, $0.version) < ($0.held, $0.open, $0.everHeld, $1.source, $1.version)
    }
  }
}

/// The middle of some numbers of seconds; the lower of two.
enum Median {
  static func of(_ seconds: [Int64]) -> Duration? {
    seconds.isEmpty ? nil : .seconds(seconds.sorted()[(seconds.count - 1) / 2])
  }
}

extension [String] {
  /// Appends what is not there yet; for few.
  mutating func insert(_ word: String) { if !contains(word) { append(word) } }
}

extension FleetUpdate {
  /// What is the same on all nodes, as far as one knows it.
  fileprivate mutating func count(_ update: NodeHistory.Update) {
    if let known = update.security { security = (security ?? false) || known }
    urgency = urgency ?? update.urgency
    if let told = update.cves {
      if cves == nil {
        cves = told
      } else if cves != told {
        for cve in told { cves?.insert(cve) }
      }
      if update.mayFixMore == true { mayFixMore = true }
    }
    if let seen = update.firstSeen { firstSeen = firstSeen.map { min($0, seen) } ?? seen }
  }

  fileprivate mutating func count(
    _ span: NodeHistory.Hold, since: Timestamp, of update: NodeHistory.Update, on node: String, _ most: Int
  ) {
    held += 1
    let word = Verdict(rawValue: span.verdict) ?? .undetermined
    verdict = verdict.map { max($0, word) } ?? word
    heldSince = heldSince.map { min($0, since) } ?? since
    message = message ?? update.message
    clearsWhen = clearsWhen ?? update.clearsWhen
    for name in update.responsible ?? [] where responsible.count < most { responsible.insert(name) }
    if holders.count < most { holders.append(node) }
  }

  fileprivate mutating func count(_ exposure: Exposure, in period: ReportPeriod) {
    switch exposure.end {
    case .open: open += 1
    case .applied: applied += 1
    default: ended += 1
    }
    if exposure.holds.contains(where: { period.touches($0.start, $0.end) }) { everHeld += 1 }
    longestHeld = max(longestHeld, exposure.held)
  }
}
