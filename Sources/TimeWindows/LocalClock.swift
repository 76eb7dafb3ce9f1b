public import Foundation
public import GateModel

/// What clocks of a time zone show, in local seconds: as many as they show since 1970-01-01 00:00.
public enum LocalClock {
  public static func local(_ moment: Timestamp, in zone: TimeZone) -> Int64 {
    moment.secondsSinceEpoch &+ Int64(offset(at: moment.secondsSinceEpoch, in: zone))
  }

  /// When clocks show `local`. The earlier moment if they show it twice; if they skip it, the moment they skip.
  public static func moment(_ local: Int64, in zone: TimeZone) -> Timestamp {
    let before = offset(at: local &- 86_400, in: zone)
    let after = offset(at: local &+ 86_400, in: zone)
    let candidates = [before, after].map { local &- Int64($0) }
    if let exact = candidates.filter({ self.local(Timestamp(secondsSinceEpoch: $0), in: zone) == local }).min() {
      return Timestamp(secondsSinceEpoch: exact)
    }
    return skip(between: candidates.min() ?? local, and: candidates.max() ?? local, in: zone)
  }

  public static func day(of local: Int64) -> Int { Int(local / 86_400) - (local % 86_400 < 0 ? 1 : 0) }

  /// The first moment of the change between two moments: whole seconds, by halving.
  private static func skip(between low: Int64, and high: Int64, in zone: TimeZone) -> Timestamp {
    let old = offset(at: low, in: zone)
    var low = low
    var high = high
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if offset(at: middle, in: zone) == old { low = middle } else { high = middle }
    }
    return Timestamp(secondsSinceEpoch: high)
  }

  private static func offset(at seconds: Int64, in zone: TimeZone) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
  }

  /// `2026-12-24 18:00 Europe/Berlin`.
  public static func text(_ moment: Timestamp, in zone: TimeZone) -> String {
    let shown = Timestamp(secondsSinceEpoch: local(moment, in: zone)).description
    let name = zone.identifier == "GMT" ? "UTC" : zone.identifier
    return shown.prefix(16).replacing("T", with: " ") + " " + name
  }
}
