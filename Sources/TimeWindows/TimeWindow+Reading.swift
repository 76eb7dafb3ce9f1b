public import Documents
internal import Foundation
internal import GateModel

extension DiagnosticCollector {
  /// An entry of `windows:`.
  public func window(_ node: YamlNode) -> TimeWindow? {
    let keys = ["name", "timeZone", "days", "from", "to"]
    guard let reader = MappingReader(node, "a window", keys: keys, self) else { return nil }
    let name = reader.required("name").flatMap { identifier($0, "`name`", example: "office-hours") }
    let zone = reader.required("timeZone").flatMap(timeZone)
    let from = reader.required("from").flatMap { localTime($0, "`from`") }
    let to = reader.required("to").flatMap { localTime($0, "`to`") }
    let days = reader["days"].map(weekdays)
    guard let name, let zone, let from, let to, days != [] else { return nil }
    guard let schedule = schedule(from, to, days, reader) else { return nil }
    let window = TimeWindow(name: name, timeZone: zone, schedule: schedule)
    checkClockChanges(window, reader)
    return window
  }

  private enum LocalTime {
    case minuteOfDay(Int)
    case moment(Int64)
  }

  private func schedule(
    _ from: LocalTime, _ to: LocalTime, _ days: Set<Int>?, _ reader: MappingReader
  ) -> TimeWindow.Schedule? {
    switch (from, to) {
    case (.minuteOfDay(let start), .minuteOfDay(let end)):
      let days = days ?? Set(0..<7)
      guard start < 1440, start != end, days.count < 7 || (start, end) != (0, 1440) else {
        error(
          .invalidValue, at: reader.position(of: "to"), "the window never ends",
          suggestion: "let `to` differ from `from`")
        return nil
      }
      return .weekly(days: days, start: start, end: end)
    case (.moment(let start), .moment(let end)):
      guard days == nil else {
        error(.invalidValue, at: reader.position(of: "days"), "a window with dates has no `days`")
        return nil
      }
      guard start < end else {
        error(.invalidValue, at: reader.position(of: "to"), "the window ends before it begins")
        return nil
      }
      return .once(start: start, end: end)
    default:
      error(
        .invalidValue, at: reader.position(of: "to"), "`from` and `to` are of two kinds",
        suggestion: "write both as `HH:MM` for every week, or both as `YYYY-MM-DDTHH:MM` for once")
      return nil
    }
  }

  /// `"22:30"` or `2026-12-20T18:00`, or a date alone for its beginning.
  private func localTime(_ node: YamlNode, _ what: String) -> LocalTime? {
    // `22:30` is a number to YAML 1.1, but here it can only be a time, so quotes are not asked for.
    let text = node.scalar?.text ?? ""
    if let minute = minuteOfDay(text) { return .minuteOfDay(minute) }
    let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    if let day = CivilDate(parts.first ?? ""), let minute = parts.count == 1 ? 0 : minuteOfDay(parts[1]) {
      return .moment(Int64(day.daysSinceEpoch) * 86_400 + Int64(minute) * 60)
    }
    let found = node.scalar == nil ? node.kindName : "`\(text)`"
    wrongType(
      node, "\(what) is a local time, not \(found)",
      suggestion: "write \"HH:MM\" for every week or `YYYY-MM-DDTHH:MM` for once; `timeZone` says where")
    return nil
  }

  /// 24:00 is the end of the day.
  private func minuteOfDay(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [2, 2], let hour = Int(parts[0]), let minute = Int(parts[1]),
      (0...24).contains(hour), (0..<60).contains(minute), hour < 24 || minute == 0
    else { return nil }
    return hour * 60 + minute
  }

  private func timeZone(_ node: YamlNode) -> TimeZone? {
    guard let name = text(node, "`timeZone`") else { return nil }
    // Listing those that are known takes a while.
    if ["UTC", "GMT"].contains(name) || TimeZone.knownTimeZoneIdentifiers.contains(name),
      let zone = TimeZone(identifier: name)
    {
      return zone
    }
    let near = NearestName.of(name, in: TimeZone.knownTimeZoneIdentifiers).map { "did you mean `\($0)`?" }
    error(
      .invalidValue, at: node.position, "no time zone `\(name)` is known",
      suggestion: near ?? "write `UTC` or a name such as `Europe/Berlin`")
    return nil
  }

  private static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

  /// `mon`, `mon-fri` or a list of these; empty after an error.
  private func weekdays(_ node: YamlNode) -> Set<Int> {
    var days: Set<Int> = []
    for item in items(node, "`days`") {
      guard let range = text(item, "a day").flatMap({ dayRange($0, at: item.position) }) else { return [] }
      days.formUnion(range)
    }
    return days
  }

  private func dayRange(_ text: String, at position: DocumentPosition) -> [Int]? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false).map {
      Self.dayNames.firstIndex(of: String($0))
    }
    if ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil {
      return (0...((last - first + 7) % 7)).map { (first + $0) % 7 }
    }
    error(.invalidValue, at: position, "`\(text)` is no day of the week", suggestion: "such as `sat` or `mon-fri`")
    return nil
  }
}
