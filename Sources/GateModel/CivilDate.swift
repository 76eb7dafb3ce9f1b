/// A day of the proleptic Gregorian calendar, in the years 1 to 9999.
public struct CivilDate: Sendable, Hashable, CustomStringConvertible {
  public let year: Int
  public let month: Int
  public let day: Int

  /// 0 is 1970-01-01.
  public let daysSinceEpoch: Int

  /// The day with that number. Numbers outside the years 1 to 9999 are brought inside.
  public init(daysSinceEpoch: Int) {
    let days = min(max(daysSinceEpoch, -719_162), 2_932_896)
    // Counted from 0000-03-01, so that the leap day ends a year, in eras of 400 years.
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.daysSinceEpoch = days
  }

  /// Reads `YYYY-MM-DD`; nil if there is no such day.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// nil if there is no such day.
  init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
    let marchYear = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let days = marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
    self.init(daysSinceEpoch: days)
    guard self.month == month, self.day == day else { return nil }
  }

  /// 0 is Monday.
  public var weekday: Int { ((daysSinceEpoch + 3) % 7 + 7) % 7 }

  public var description: String {
    let digits = String(year)
    return String(repeating: "0", count: 4 - digits.count) + digits + "-\(padded(month))-\(padded(day))"
  }
}
