public import Foundation
public import GateModel

/// A named span of time: every week at the same hours, or once.
public struct TimeWindow: Sendable, Hashable {
  public enum Schedule: Sendable, Hashable {
    /// On `days` (0 is Monday) from `start` to `end`, in minutes after midnight. An `end` that is not after
    /// `start` lies on the next day; the window belongs to the day it opens on.
    case weekly(days: Set<Int>, start: Int, end: Int)
    /// Once, in local seconds: as many as a clock of the zone shows since 1970-01-01 00:00.
    case once(start: Int64, end: Int64)
  }

  public var name: String
  public var timeZone: TimeZone
  public var schedule: Schedule

  public init(name: String, timeZone: TimeZone, schedule: Schedule) {
    self.name = name
    self.timeZone = timeZone
    self.schedule = schedule
  }

  /// Whether `now` lies in the window. The opening moment does, the closing moment does not.
  public func contains(_ now: Timestamp) -> Bool {
    span(around: now) != nil
  }

  /// When the window that is open at `now` closes, windows that follow without a gap counted in; nil if it
  /// is not open.
  public func end(after now: Timestamp) -> Timestamp? {
    guard var end = span(around: now)?.upperBound else { return nil }
    // A weekly window has at most seven spans that touch; more means it never closes.
    for _ in 0..<8 {
      guard let next = span(around: end)?.upperBound, next > end else { return end }
      end = next
    }
    return nil
  }

  /// When the window opens next; nil if it never does again.
  public func start(after now: Timestamp) -> Timestamp? {
    spans(near: now).map(\.lowerBound).filter { $0 > now }.min()
  }

  /// Whether the window never opens again.
  public func isOver(_ now: Timestamp) -> Bool { !contains(now) && start(after: now) == nil }

  private func span(around now: Timestamp) -> Range<Timestamp>? {
    spans(near: now).first { $0.contains(now) }
  }

  /// The spans that can be open at `now` or open next, in time's order.
  private func spans(near now: Timestamp) -> [Range<Timestamp>] {
    switch schedule {
    case .once(let start, let end): return range(start, end).map { [$0] } ?? []
    case .weekly(let days, let start, let end):
      let length = end > start ? end - start : end - start + 1440
      let today = LocalClock.day(of: LocalClock.local(now, in: timeZone))
      return (today - 1...today + 8).filter { days.contains(CivilDate(daysSinceEpoch: $0).weekday) }.compactMap {
        let opening = Int64($0) * 86_400 + Int64(start) * 60
        return range(opening, opening + Int64(length) * 60)
      }
    }
  }

  private func range(_ start: Int64, _ end: Int64) -> Range<Timestamp>? {
    let lower = LocalClock.moment(start, in: timeZone)
    let upper = LocalClock.moment(end, in: timeZone)
    return lower < upper ? lower..<upper : nil
  }
}
