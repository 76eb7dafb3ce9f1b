internal import GateModel
internal import LedgerLog

/// What the entries so far say about one version of a source.
struct VersionTrack {
  let source: String
  let version: String
  var firstSeen: Timestamp
  /// Whether an entry says so; else it is the time of the first decision.
  var isFirstSeenRecorded: Bool
  var end = Exposure.End.open
  var holds: [HoldSpan] = []
  var origins: [String] = []
  var decision: DecisionRecord?
  /// What it fixes, by the last entry that says so.
  var changelog: ChangelogRecord?

  init(source: String, version: String, firstSeen: Timestamp, isRecorded: Bool) {
    self.source = source
    self.version = version
    self.firstSeen = firstSeen
    isFirstSeenRecorded = isRecorded
  }

  var isOpen: Bool { end == .open }

  /// Only what an entry says for certain: a pocket named in the origins is enough for yes, and never for no.
  var isSecurity: Bool? {
    if let known = decision?.change.isSecurity { return known }
    return origins.contains { $0.hasSuffix("-security") || $0.hasPrefix("Debian-Security/") } ? true : nil
  }

  /// The span that is under way.
  var hold: HoldSpan? { holds.last.flatMap { $0.end == nil ? $0 : nil } }

  /// Notes that it is held from `time` on, for these reasons; nil: that it is not.
  mutating func set(hold reasons: HoldReasons?, at time: Timestamp) {
    if let current = hold {
      if let reasons, HoldReasons(current) == reasons { return }
      endHold(at: time)
    }
    guard let reasons else { return }
    holds.append(
      HoldSpan(start: time, end: nil, verdict: reasons.verdict, rules: reasons.rules, heldBy: reasons.heldBy))
  }

  private mutating func endHold(at time: Timestamp) {
    let last = holds.count - 1
    if holds[last].start >= time { holds.removeLast() } else { holds[last].end = time }
  }

  mutating func close(_ end: Exposure.End) {
    self.end = end
    set(hold: nil, at: end.time ?? firstSeen)
  }

  /// How long it was held, up to `until`. The clock of the node may have gone back: no span counts less than nothing.
  func heldTime(until: Timestamp) -> Duration {
    holds.reduce(.zero) { $0 + max(.zero, ($1.end ?? until).duration(since: $1.start)) }
  }
}

/// Why a version is held.
struct HoldReasons: Equatable {
  var verdict: Verdict
  var rules: [String]
  var heldBy: [String]

  init(_ decision: DecisionRecord?, heldBy: [String] = []) {
    verdict = decision?.verdict ?? .undetermined
    rules = decision?.decidedBy ?? []
    self.heldBy = heldBy
  }

  init(_ span: HoldSpan) { (verdict, rules, heldBy) = (span.verdict, span.rules, span.heldBy) }
}
