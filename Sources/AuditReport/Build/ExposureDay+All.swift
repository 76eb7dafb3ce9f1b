internal import GateModel

extension ExposureDay {
  /// A report over more days shows the last ones of them.
  static let most = 3660

  /// One for each day of the period, counted by differences: linear in exposures and days.
  static func all(_ exposures: [Exposure], in period: ReportPeriod, from began: Timestamp?) -> [ExposureDay] {
    guard let start = period.since ?? began, start < period.until else { return [] }
    var days = ExposureDays(from: start, until: period.until)
    for exposure in exposures { days.add(exposure) }
    return days.days
  }
}

/// Counts what was pending and held on each day, one exposure after the other.
struct ExposureDays {
  private let first: Int
  private let until: Timestamp
  private var pending: DayCounts
  private var held: DayCounts
  private var security: DayCounts
  private var heldSecurity: DayCounts

  init(from start: Timestamp, until: Timestamp) {
    let last = until.dayNumber
    first = max(min(start.dayNumber, last), last - ExposureDay.most + 1)
    self.until = until
    pending = DayCounts(first, last)
    (held, security, heldSecurity) = (pending, pending, pending)
  }

  mutating func add(_ exposure: Exposure) {
    let end = exposure.end.time ?? until
    pending.add(exposure.firstSeen.dayNumber, end.dayNumber)
    if exposure.isSecurity == true { security.add(exposure.firstSeen.dayNumber, end.dayNumber) }
    // A day with two spans counts once.
    var next = Int.min
    for span in exposure.holds {
      let days = (max(span.start.dayNumber, next), (span.end ?? until).dayNumber)
      held.add(days.0, days.1)
      if exposure.isSecurity == true { heldSecurity.add(days.0, days.1) }
      next = max(next, days.1 + 1)
    }
  }

  var days: [ExposureDay] {
    let counts = [pending, held, security, heldSecurity].map(\.counts)
    return counts[0].indices.map { index in
      ExposureDay(
        day: CivilDate(daysSinceEpoch: first + index), pending: counts[0][index], held: counts[1][index],
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
