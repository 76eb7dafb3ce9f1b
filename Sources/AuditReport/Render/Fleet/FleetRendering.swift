public import GateModel

/// The formats of a fleet's report for people; the JSON one is a value that the caller writes.
extension FleetReport {
  /// One self-contained page.
  public var html: String { FleetReportPage(report: self).html.markup }

  /// One table, as RFC 4180 has it.
  public func csv(_ name: FleetTableName) -> String { CSVText.file(of: table(name)) }

  /// For a ticket: the tables that a person reads.
  public var markdown: String { FleetReportMarkdown(report: self).text }

  /// Every figure. Described by docs/protocols/fleet-report.schema.json.
  public var json: JSONValue {
    var members: [JSONMember] = []
    eachJSONMember { members.append($0) }
    return .object(members)
  }

  /// The members of ``json``, one after the other: of a large fleet all at once take a lot of memory.
  public func eachJSONMember(_ body: (JSONMember) -> Void) { FleetReportDocument(report: self).eachMember(body) }

  func table(_ name: FleetTableName) -> ReportTable {
    switch name {
    case .held: heldTable
    case .holds: holdTable
    case .exposure: exposureTable
    case .cves: cveTable
    case .approvals: approvalTable
    case .deeds: deedTable
    case .vetoes: vetoTable
    case .effects: effectTable
    case .transactions: transactionTable
    case .restarts: restartTable
    case .ledgers: ledgerTable
    }
  }
}

/// The figures at the top of a fleet's report, the same in each format.
struct FleetReportFacts {
  let report: FleetReport

  var about: [ReportFact] {
    [
      ReportFact("Nodes", .number(report.summary.nodes)),
      ReportFact("From", report.period.since.map { .time($0) } ?? .word("what nodes told first")),
      ReportFact("Until", .time(report.period.until)), ReportFact("Made", .time(report.period.made)),
      ReportFact("Record", .word(record)),
    ]
  }

  /// What is known of whether the record was changed.
  private var record: String {
    let summary = report.summary
    if !report.isIntact {
      let parts = [
        summary.alarms > 0
          ? ReportWords.count(summary.alarms, "ledger contradicts", "ledgers contradict") + " what was seen" : nil,
        summary.brokenDeeds > 0
          ? ReportWords.count(summary.brokenDeeds, "record", "records") + " of deeds not as written" : nil,
      ]
      return "NOT INTACT: " + parts.compactMap { $0 }.joined(separator: "; ")
    }
    return summary.consistent == summary.nodes && summary.nodes > 0
      ? "every ledger continues what was seen of it"
      : "no ledger is known to be changed; \(summary.consistent) of \(summary.nodes) continue what was seen"
  }

  var figures: [ReportFact] {
    let summary = report.summary
    return [
      ReportFact("Told no history", .number(summary.untold)),
      ReportFact("Told a part of the period", .number(summary.partlyTold)),
      ReportFact("Not heard of for an hour", .number(summary.quiet)), ReportFact("Held", .number(summary.held)),
      ReportFact("Of them security updates", .number(summary.heldSecurity)),
      ReportFact("Nodes that hold", .number(summary.holdingNodes)), ReportFact("Pending", .number(summary.pending)),
      ReportFact("Pending, security unknown", .number(summary.unknownSecurity)),
      ReportFact("Pending, changelog unknown", .number(summary.unknownChangelog)),
      ReportFact("Open CVEs", .number(summary.openCVEs)),
      ReportFact("Nodes open to one", .number(summary.exposedNodes)),
      ReportFact("Longest open security update", summary.longestSecurityExposure.map { .duration($0) } ?? .none),
      ReportFact("Approvals", .number(summary.approvals)), ReportFact("Of them used", .number(summary.approvalsUsed)),
      ReportFact("Deeds through the coordinator", .number(summary.deeds)),
      ReportFact("Transactions", .number(summary.transactions)),
      ReportFact("Of them not completed", .number(summary.transactionsNotCompleted)),
      ReportFact("Refused", .number(summary.vetoes)), ReportFact("Network objects lost", .number(summary.lost)),
      ReportFact("Restored", .number(summary.restored)), ReportFact("Missing", .number(summary.missing)),
      ReportFact("Restarts owed", .number(summary.owedRestarts)),
    ]
  }

  var ledgers: [ReportFact] {
    let summary = report.summary
    return [
      ReportFact("Ledgers that continue what was seen", .number(summary.consistent)),
      ReportFact("Ledgers that contradict what was seen", .number(summary.alarms)),
      ReportFact("Ledgers that show less than was seen", .number(summary.behind)),
      ReportFact("Ledgers that were never seen", .number(summary.unseen)),
      ReportFact("Records of deeds that are not as written", .number(summary.brokenDeeds)),
    ]
  }

  /// What the figures rest on.
  static let basis =
    "What nodes told is their own word; that no ledger was rewritten is the witness's. "
    + "`apt-gate report --export` with the witness's key proves a node's own figures."
}

struct FleetReportMarkdown {
  let report: FleetReport

  private static let sections: [(String, FleetTableName)] = [
    ("Held now", .held), ("Exposure", .exposure), ("CVEs", .cves), ("Approvals on nodes", .approvals),
    ("Deeds through the coordinator", .deeds), ("Refused", .vetoes), ("What updates did", .effects),
    ("Runs with trouble", .transactions), ("Owed restarts", .restarts), ("Ledgers", .ledgers),
  ]
  /// A ticket with more rows than this helps nobody; the CSV has them all.
  private static let mostRows = 200

  var text: String {
    let facts = FleetReportFacts(report: report)
    var lines = ["# apt-gate fleet report", ""]
    lines += (facts.about + facts.figures + facts.ledgers).map { "- \($0.label): \(MarkdownText.text(of: $0.cell))" }
    for (title, name) in Self.sections {
      let table = report.table(name)
      let rest = table.rows.count - Self.mostRows
      lines += ["", "## \(title)", ""] + MarkdownText.lines(of: table, atMost: Self.mostRows)
      if rest > 0 { lines += ["", "\(rest) more rows are in the CSV: `--format csv --table \(name.rawValue)`."] }
    }
    lines += ["", FleetReportFacts.basis]
    return lines.map { $0 + "\n" }.joined()
  }
}
