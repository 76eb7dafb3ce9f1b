internal import Foundation
internal import GateModel

/// A moment at which a zone's clocks are put forward or back.
struct ClockChange {
  /// The local seconds that are skipped, or shown twice.
  var local: Range<Int64>
  /// Whether they are skipped.
  var forward: Bool

  /// Zones that change clocks do so on the same weekday, so twenty years show every date it can fall on.
  /// The years are fixed, so that a policy is good or bad whatever day it is read on.
  private static let years = 2025...2044

  /// The changes of `zone` in twenty years. Bounded: no zone changes more than four times a year.
  static func all(in zone: TimeZone) -> [ClockChange] {
    var result: [ClockChange] = []
    var date = Date(timeIntervalSince1970: 1_735_689_600)
    let end = date.addingTimeInterval(Double(years.count) * 365.25 * 86_400)
    while result.count < years.count * 4, let next = zone.nextDaylightSavingTimeTransition(after: date),
      next > date, next < end
    {
      if let change = ClockChange(at: next, in: zone) { result.append(change) }
      date = next
    }
    return result
  }

  private init?(at date: Date, in zone: TimeZone) {
    let moment = Int64(date.timeIntervalSince1970.rounded())
    let before = moment + Int64(zone.secondsFromGMT(for: date.addingTimeInterval(-1)))
    let after = moment + Int64(zone.secondsFromGMT(for: date.addingTimeInterval(1)))
    guard before != after else { return nil }
    local = min(before, after)..<max(before, after)
    forward = after > before
  }

  /// What happens to a clock that should show `text` on the day of the change.
  func problem(_ text: String) -> String {
    let day = CivilDate(daysSinceEpoch: LocalClock.day(of: local.lowerBound))
    return forward ? "does not exist on \(day), when clocks go forward" : "comes twice on \(day), when clocks go back"
  }
}
