internal import GateModel

/// Makes a fleet's report from its nodes, one after the other: what is kept grows with what the report shows.
public struct FleetReportBuilder: Sendable {
  /// After this time without a word a node's state is not known any more.
  static let quietAfter = Duration.seconds(3600)

  let period: ReportPeriod
  var report: FleetReport
  var updates = FleetUpdateTally()
  var cves = FleetCVETally()
  var effects = FleetEffectTally()
  private var days: ExposureDays
  /// When the first of what was pending was seen, or the period's beginning.
  private var firstSeen: Timestamp?

  public init(period: ReportPeriod) {
    self.period = period
    report = FleetReport(period: period)
    days = ExposureDays(from: period.since ?? Timestamp(secondsSinceEpoch: 0), until: period.until)
  }

  public mutating func add(_ node: FleetNodeHistory) {
    report.summary.nodes += 1
    if period.made.duration(since: node.seen) > Self.quietAfter { report.summary.quiet += 1 }
    count(node.ledger)
    var line = FleetNodeLine(
      node: node.node, seen: node.seen, ledger: node.ledger, told: node.history?.made, since: node.history?.since,
      entries: node.history?.entries, held: 0, pending: 0)
    if let history = node.history {
      if let whole = history.since, period.since.map({ whole > $0 }) ?? true { report.summary.partlyTold += 1 }
      add(history.updates, of: &line)
      add(history, of: node.node)
    } else {
      report.summary.untold += 1
    }
    report.nodes.append(line)
  }

  /// Something that a person did through the coordinator; what was done outside of the period does not count.
  public mutating func add(_ deed: FleetDeed) {
    guard !deed.isIntact || period.contains(deed.time) else { return }
    report.summary.deeds += 1
    if !deed.isIntact { report.summary.brokenDeeds += 1 }
    report.deeds.append(deed)
  }

  private mutating func count(_ ledger: FleetNodeHistory.Ledger) {
    if ledger.alarm != nil, ledger.state == "contradicted" {
      report.summary.alarms += 1
      return
    }
    switch ledger.state {
    case "consistent": report.summary.consistent += 1
    case "behind": report.summary.behind += 1
    case "contradicted": report.summary.alarms += 1
    default: report.summary.unseen += 1
    }
  }

  private mutating func add(_ told: [NodeHistory.Update], of line: inout FleetNodeLine) {
    var exposures: [Exposure] = []
    exposures.reserveCapacity(told.count)
    for update in told {
      let hold = update.ended.map { $0 >= period.until } ?? true ? update.hold(at: period.until) : nil
      let exposure = Exposure(update, in: period)
      if let hold { add(update, hold.span, since: hold.since, of: &line) }
      if exposure != nil || hold != nil { updates.add(update, exposure, hold, on: line.node, in: period) }
      guard let exposure else { continue }
      exposures.append(exposure)
      days.add(exposure)
      firstSeen = firstSeen.map { min($0, exposure.firstSeen) } ?? exposure.firstSeen
      guard exposure.end == .open else { continue }
      line.pending += 1
      if exposure.isSecurity == nil { report.summary.unknownSecurity += 1 }
      if exposure.changelog == nil { report.summary.unknownChangelog += 1 }
      if exposure.isSecurity == true {
        report.summary.longestSecurityExposure = max(report.summary.longestSecurityExposure ?? .zero, exposure.open)
      }
    }
    report.summary.pending += line.pending
    if line.held > 0 { report.summary.holdingNodes += 1 }
    if cves.add(CVEExposure.unordered(in: exposures), heldAtEnd: exposures) { report.summary.exposedNodes += 1 }
  }

  private mutating func add(
    _ update: NodeHistory.Update, _ span: NodeHistory.Hold, since: Timestamp, of line: inout FleetNodeLine
  ) {
    line.held += 1
    report.summary.held += 1
    if update.security == true { report.summary.heldSecurity += 1 }
    report.holds.append(
      FleetHold(
        node: line.node, source: update.source, from: update.from, version: update.to,
        verdict: Verdict(rawValue: span.verdict), rules: span.rules, heldBy: span.heldBy ?? [],
        message: update.message, clearsWhen: update.clearsWhen, since: since,
        age: max(.zero, period.until.duration(since: since)), security: update.security, cves: update.cves))
  }

  private mutating func add(_ history: NodeHistory, of node: String) {
    for told in history.approvals {
      let approval = told.asOf(period.until)
      guard told.time < period.until, period.touches(told.time, approval.ended) else { continue }
      report.summary.approvals += 1
      if approval.state == "used" { report.summary.approvalsUsed += 1 }
      report.approvals.append(FleetApproval(node: node, approval: approval))
    }
    for veto in history.vetoes where period.contains(veto.time) {
      report.summary.vetoes += 1
      report.vetoes.append(FleetVeto(node: node, veto: veto))
    }
    for told in history.transactions {
      let run = told.asOf(period.until)
      guard period.touches(run.began, run.ended ?? run.began) else { continue }
      add(run, of: node)
    }
    for restart in history.restarts where period.touches(restart.since, restart.settled) {
      var restart = restart
      if let settled = restart.settled, settled >= period.until { (restart.settled, restart.how) = (nil, nil) }
      if restart.settled == nil { report.summary.owedRestarts += 1 }
      let age = (restart.settled ?? period.until).duration(since: restart.since)
      report.restarts.append(FleetRestart(node: node, restart: restart, age: max(.zero, age)))
    }
  }

  private mutating func add(_ run: NodeHistory.Transaction, of node: String) {
    if run.kind == TransactionLine.Kind.update.rawValue {
      report.summary.transactions += 1
      if run.result != "completed" { report.summary.transactionsNotCompleted += 1 }
    }
    report.summary.lost += run.network?.lost ?? 0
    report.summary.restored += run.network?.restored ?? 0
    report.summary.missing += run.network?.missing ?? 0
    effects.add(run)
    if run.result != "completed" || (run.network?.lost ?? 0) > 0 || run.failedProbes != nil {
      report.troubles.append(FleetTransaction(node: node, transaction: run))
    }
  }

  /// The report on the nodes so far.
  public func finished() -> FleetReport {
    var report = report
    report.updates = updates.lines
    report.cves = cves.lines
    report.summary.openCVEs = Set(report.cves.filter { $0.open > 0 }.map(\.cve)).count
    report.effects = effects.lines
    report.holds.sort { ($0.since, $0.node, $0.source, $0.version) < ($1.since, $1.node, $1.source, $1.version) }
    report.approvals.sort { ($0.approval.time, $0.node) < ($1.approval.time, $1.node) }
    report.vetoes.sort { ($0.veto.time, $0.node) < ($1.veto.time, $1.node) }
    report.troubles.sort { ($0.transaction.began, $0.node) < ($1.transaction.began, $1.node) }
    report.restarts.sort {
      ($0.restart.settled == nil ? 0 : 1, $0.restart.since, $0.node)
        < ($1.restart.settled == nil ? 0 : 1, $1.restart.since, $1.node)
    }
    report.nodes.sort { ($0.ledger.urgency, $0.node) < ($1.ledger.urgency, $1.node) }
    if let start = period.since ?? firstSeen, start < period.until {
      let first = start.dayNumber
      report.days = days.days.drop { ($0.day.daysSinceEpoch) < first }.map { $0 }
    }
    return report
  }
}

extension FleetNodeHistory.Ledger {
  /// What a reader must see first comes first.
  fileprivate var urgency: Int {
    switch state {
    case "contradicted": 0
    case "behind": 1
    case "consistent": 3
    default: 2
    }
  }
}

extension NodeHistory.Approval {
  /// As it was at the end of a period.
  fileprivate func asOf(_ until: Timestamp) -> NodeHistory.Approval {
    var approval = self
    if state == "used" || state == "revoked", let ended, ended >= until {
      (approval.state, approval.ended, approval.endedBy) = ("waiting", nil, nil)
    }
    if approval.state == "waiting" || approval.state == "expired" {
      approval.state = expires <= until ? "expired" : "waiting"
      approval.ended = expires <= until ? expires : nil
    }
    return approval
  }
}

extension NodeHistory.Transaction {
  /// What was known of it at the end of a period.
  fileprivate func asOf(_ until: Timestamp) -> NodeHistory.Transaction {
    guard let ended, ended >= until else { return self }
    var run = self
    (run.ended, run.result, run.network, run.failedProbes, run.message) = (nil, nil, nil, nil, nil)
    return run
  }
}
