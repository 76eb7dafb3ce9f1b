internal import Documents
internal import Foundation
internal import GateModel

extension DiagnosticCollector {
  /// Refuses a window that opens or closes at a local time that a change of clocks skips or repeats: nobody
  /// can say when that is.
  func checkClockChanges(_ window: TimeWindow, _ reader: MappingReader) {
    let changes = ClockChange.all(in: window.timeZone)
    for (key, occurrences) in [("from", window.openings), ("to", window.closings)] {
      guard let change = changes.first(where: { occurrences($0.local) }) else { continue }
      let text = reader[key]?.scalar?.text ?? ""
      error(
        .ambiguousTime, at: reader[key]?.position ?? reader.position,
        "\(text) in \(window.timeZone.identifier) \(change.problem(text))",
        suggestion: "choose a time at which clocks never change, or `timeZone: UTC`")
    }
  }
}

extension TimeWindow {
  /// Whether the window opens within some local seconds.
  fileprivate var openings: (Range<Int64>) -> Bool {
    switch schedule {
    case .once(let start, _): { $0.contains(start) }
    case .weekly(let days, let start, _): { Self.occurs(start, on: days, in: $0) }
    }
  }

  /// Whether the window closes within some local seconds.
  fileprivate var closings: (Range<Int64>) -> Bool {
    switch schedule {
    case .once(_, let end): { $0.contains(end) }
    case .weekly(let days, let start, let end):
      { Self.occurs(end > start ? end : end + 1440, on: days, in: $0) }
    }
  }

  /// Whether `minute`, counted from the midnight that one of `days` begins with, lies in `range`.
  private static func occurs(_ minute: Int, on days: Set<Int>, in range: Range<Int64>) -> Bool {
    let last = LocalClock.day(of: range.upperBound)
    return (last - 2...last).contains { day in
      days.contains(CivilDate(daysSinceEpoch: day).weekday)
        && range.contains(Int64(day) * 86_400 + Int64(minute) * 60)
    }
  }
}
