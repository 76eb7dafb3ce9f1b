import Synchronization

/// The offsets of a time zone, from the system's time zone database (RFC 8536, as `/usr/share/zoneinfo` has it).
///
/// Reading a zone for the first time is the only input this library does; it is kept from then on.
struct TimeZoneRules: Sendable {
  /// Moments of change, ascending, and the offset from each one on.
  let changes: [Int64]
  let offsets: [Int64]
  /// The offset before the first change.
  let initialOffset: Int64
  /// What holds after the last change.
  let rule: RecurringZoneRule?

  init(fixed offset: Int64) {
    changes = []
    offsets = []
    initialOffset = offset
    rule = nil
  }

  init(changes: [Int64], offsets: [Int64], initialOffset: Int64, rule: RecurringZoneRule?) {
    self.changes = changes
    self.offsets = offsets
    self.initialOffset = initialOffset
    self.rule = rule
  }

  /// Seconds east of UTC at a moment.
  func offset(at seconds: Int64) -> Int64 {
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    if low == changes.count, let rule { return rule.offset(at: seconds) }
    return low == 0 ? initialOffset : offsets[low - 1]
  }

  private static let known = Mutex<[String: TimeZoneRules]>([:])
  /// Zones kept at once; the database has about 600 names.
  private static let cacheLimit = 1024

  /// The zone of a name such as `Europe/Vienna` or an offset such as `-02:30`; `nil` where there is none.
  static func named(_ name: String) -> TimeZoneRules? {
    if let zone = known.withLock({ $0[name] }) { return zone }
    if name == "UTC" || name == "Z" || name.isEmpty { return TimeZoneRules(fixed: 0) }
    if let offset = offset(name) { return TimeZoneRules(fixed: offset) }
    guard let zone = ZoneFile.read(name) else { return nil }
    known.withLock { if $0.count < cacheLimit { $0[name] = zone } }
    return zone
  }

  /// `+hh:mm`, `-hh:mm` or `hh:mm` as seconds.
  private static func offset(_ text: String) -> Int64? {
    var reader = DigitReader(text)
    let isNegative = reader.take("-")
    if !isNegative { _ = reader.take("+") }
    guard let clock = reader.clock(), reader.isAtEnd else { return nil }
    return isNegative ? -clock : clock
  }
}
