internal import GateModel
internal import LedgerLog

extension Exposure {
  /// What a node told of an update, as it was at the end of `period`; nil if it does not touch that, or was never waited for.
  init?(_ update: NodeHistory.Update, in period: ReportPeriod) {
    guard let firstSeen = update.firstSeen else { return nil }
    let end = End(update, before: period.until)
    guard period.touches(firstSeen, end.time) else { return nil }
    let holds = update.holds.compactMap { HoldSpan($0, before: period.until) }
    let changelog = update.cves.map { cves in
      ChangelogRecord(cves: cves, urgency: update.urgency, isComplete: update.mayFixMore != true)
    }
    self.init(
      source: update.source, from: update.from, to: update.to, firstSeen: firstSeen, end: end, holds: holds,
      isSecurity: update.security, origins: [], changelog: changelog,
      open: max(.zero, (end.time ?? period.until).duration(since: firstSeen)),
      held: holds.reduce(.zero) { $0 + max(.zero, ($1.end ?? period.until).duration(since: $1.start)) })
  }
}

extension Exposure.End {
  fileprivate init(_ update: NodeHistory.Update, before until: Timestamp) {
    guard let time = update.ended, time < until else {
      self = .open
      return
    }
    switch update.state {
    case "applied": self = .applied(time, transaction: update.endedBy ?? "")
    case "installed": self = .installed(time)
    case "superseded": self = .superseded(time, by: update.endedBy ?? "")
    case "removed": self = .removed(time)
    case "withdrawn": self = .withdrawn(time)
    default: self = .unclear(time, transaction: update.endedBy ?? "")
    }
  }
}

extension HoldSpan {
  fileprivate init?(_ hold: NodeHistory.Hold, before until: Timestamp) {
    guard hold.since < until else { return nil }
    self.init(
      start: hold.since, end: hold.until.flatMap { $0 < until ? $0 : nil },
      verdict: Verdict(rawValue: hold.verdict) ?? .undetermined, rules: hold.rules, heldBy: hold.heldBy ?? [])
  }
}

extension NodeHistory.Update {
  /// The hold that lasts at `until`, and since when it has without a break.
  func hold(at until: Timestamp) -> (span: NodeHistory.Hold, since: Timestamp)? {
    guard let place = holds.lastIndex(where: { $0.since < until }), holds[place].until.map({ $0 >= until }) ?? true
    else { return nil }
    var first = place
    while first > 0, holds[first - 1].until == holds[first].since { first -= 1 }
    return (holds[place], holds[first].since)
  }
}
