internal import GateModel

extension ExposureDay {
  /// A report over more days shows the last ones of them.
  static let most = 3660

  /// One for each day of the period, counted by differences: linear in exposures and days.
  static func all(_ exposures: [Exposure], in period: ReportPeriod, from began: Timestamp?) -> [ExposureDay] {
    guard let start = period.since ?? began, start < period.until else { return [] }
    let last = period.until.dayNumber
    let first = max(start.dayNumber, last - most + 1)
    var pending = DayCounts(first, last)
    var held = DayCounts(first, last)
    var security = DayCounts(first, last)
    var heldSecurity = DayCounts(first, last)
    for exposure in exposures {
      let end = exposure.end.time ?? period.until
      pending.add(exposure.firstSeen.dayNumber, end.dayNumber)
      if exposure.isSecurity == true { security.add(exposure.firstSeen.dayNumber, end.dayNumber) }
      // A day with two spans counts once.
      var next = Int.min
      for span in exposure.holds {
        let days = (max(span.start.dayNumber, next), (span.end ?? period.until).dayNumber)
        held.add(days.0, days.1)
        if exposure.isSecurity == true { heldSecurity.add(days.0, days.1) }
        next = max(next, days.1 + 1)
      }
    }
    let counts = [pending, held, security, heldSecurity].map(\.counts)
    return (first...max(first, last)).enumerated().map { index, day in
      ExposureDay(
        day: CivilDate(daysSinceEpoch: day), pending: counts[0][index], held: counts[1][index],
        security: counts[2][index], heldSecurity: counts[3][index])
    }
  }
}

/// How many of some spans cover each day.
private struct DayCounts {
  private let first: Int
  private var changes: [Int]

  init(_ first: Int, _ last: Int) {
    self.first = first
    changes = Array(repeating: 0, count: max(0, last - first) + 2)
  }

  /// A span from one day to another, both with it.
  mutating func add(_ from: Int, _ to: Int) {
    let (start, end) = (max(from - first, 0), min(to - first, changes.count - 2))
    guard start <= end else { return }
    changes[start] += 1
    changes[end + 1] -= 1
  }

  var counts: [Int] {
    var sum = 0
    return changes.dropLast().map { change in
      sum += change
      return sum
    }
  }
}

extension Timestamp {
  /// Days since 1970-01-01.
  var dayNumber: Int {
    Int(secondsSinceEpoch >= 0 ? secondsSinceEpoch / 86_400 : -((86_399 - secondsSinceEpoch) / 86_400))
  }
}
