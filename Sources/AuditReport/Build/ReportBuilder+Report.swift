internal import GateModel
internal import LedgerLog

extension ReportBuilder {
  /// The report on the entries so far, with what verifying them came to.
  public func report(verification: ReportVerification? = nil) -> NodeReport {
    var report = NodeReport(period: period)
    report.node = node
    let tracks = updates.sources.values.flatMap(\.versions)
    report.held = tracks.compactMap(held).sorted { ($0.since, $0.source) < ($1.since, $1.source) }
    report.exposures = tracks.compactMap(exposure)
      .sorted { ($1.open, $0.source, $0.to) < ($0.open, $1.source, $1.to) }
    report.cves = CVEExposure.all(in: report.exposures)
    report.days = ExposureDay.all(report.exposures, in: period, from: began)
    report.keptBack = syncs.keptBack
    report.approvals = approvals.lines(in: period)
    report.vetoes = vetoes
    report.transactions = transactions.lines.filter { period.touches($0.began, $0.ended ?? $0.began) }
    report.restarts = restarts.lines(in: period)
    report.policies = syncs.policies(in: period)
    report.problems = syncs.problems
    report.verification = verification
    report.summary = summary(of: report)
    return report
  }

  private func held(_ track: VersionTrack) -> HeldUpdate? {
    guard track.isOpen, let span = track.hold, let change = track.decision?.change else { return nil }
    let since = Self.unbroken(track.holds).start
    return HeldUpdate(
      source: track.source, from: change.from, to: change.to, packages: change.packages, verdict: span.verdict,
      rules: span.rules, responsible: track.decision?.responsible ?? [], message: track.decision?.message,
      clearsWhen: track.decision?.clearsWhen, heldBy: span.heldBy, since: since,
      firstSeen: track.isFirstSeenRecorded ? track.firstSeen : nil,
      age: max(.zero, period.until.duration(since: since)), isSecurity: track.isSecurity, origins: track.origins,
      changelog: track.changelog, effects: track.decision?.effects, prediction: track.decision?.prediction,
      approvedBy: approvals.waiting(source: track.source, version: track.version, at: period.until))
  }

  /// The first of the spans that run into the last one: another verdict is no break.
  private static func unbroken(_ holds: [HoldSpan]) -> HoldSpan {
    var first = holds.count - 1
    while first > 0, holds[first - 1].end == holds[first].start { first -= 1 }
    return holds[first]
  }

  private func exposure(_ track: VersionTrack) -> Exposure? {
    guard period.touches(track.firstSeen, track.end.time) else { return nil }
    // What a person asks apt for, and what is older than the installed version, was never waited for.
    let action = track.decision?.change.action
    if action == .downgrade || (action == .install && !track.isFirstSeenRecorded) { return nil }
    let end = track.end.time ?? period.until
    return Exposure(
      source: track.source, from: track.decision?.change.from, to: track.version, firstSeen: track.firstSeen,
      end: track.end, holds: track.holds, isSecurity: track.isSecurity, origins: track.origins,
      changelog: track.changelog, open: max(.zero, end.duration(since: track.firstSeen)),
      held: track.heldTime(until: period.until))
  }

  private func summary(of report: NodeReport) -> ReportSummary {
    var summary = ReportSummary()
    (summary.entries, summary.entriesInPeriod) = (entries, entriesInPeriod)
    summary.held = report.held.count
    summary.heldSecurity = report.held.count { $0.isSecurity == true }
    let pending = report.exposures.filter { $0.end == .open }
    summary.pending = pending.count
    summary.unknownSecurity = pending.count { $0.isSecurity == nil }
    summary.unknownChangelog = pending.count { $0.changelog == nil }
    summary.openCVEs = Set(report.cves.filter { $0.end == .open }.map(\.cve)).count
    summary.longestSecurityExposure = pending.filter { $0.isSecurity == true }.map(\.open).max()
    summary.approvals = report.approvals.count
    summary.approvalsUsed = report.approvals.count { if case .used = $0.use { true } else { false } }
    let runs = report.transactions.filter { $0.kind == .update }
    summary.transactions = runs.count
    summary.transactionsNotCompleted = runs.count { $0.result != .completed }
    summary.vetoes = report.vetoes.count
    for network in report.transactions.compactMap(\.network) {
      summary.lost += network.lost
      summary.restored += network.restored
      summary.missing += network.missing
    }
    summary.owedRestarts = report.restarts.count { $0.settled == nil }
    return summary
  }
}
