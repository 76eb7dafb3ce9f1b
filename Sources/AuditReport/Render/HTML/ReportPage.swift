internal import GateModel
internal import LedgerLog

/// The report as one page.
struct ReportPage {
  let report: NodeReport

  var html: HTML {
    let node = report.node ?? "unknown node"
    return PageFrame(
      title: "apt-gate report: \(node)", heading: "apt-gate report", subject: node,
      about: Array(ReportFacts(report: report).about.dropFirst()), sections: sections,
      footer: "Made by apt-gate from the node's ledger. What the ledger does not say is written as unknown."
    ).html
  }

  private var sections: [PageFrame.Section] {
    [
      PageFrame.Section(id: "summary", title: "Summary", body: summary),
      PageFrame.Section(id: "held", title: "Held now", body: table(.held)),
      PageFrame.Section(id: "deferred", title: "Deferred by policy or by apt", body: table(.deferred)),
      PageFrame.Section(id: "exposure", title: "Security exposure", body: exposure),
      PageFrame.Section(
        id: "approvals", title: "Approvals and overrides", body: "\(table(.approvals))\(table(.vetoes))"),
      PageFrame.Section(id: "transactions", title: "Transactions", body: table(.transactions)),
      PageFrame.Section(id: "network", title: "What updates did to the network", body: drift),
      PageFrame.Section(id: "restarts", title: "Owed restarts", body: table(.restarts)),
      PageFrame.Section(id: "policies", title: "Policies in force", body: "\(table(.policies))\(problems)"),
      PageFrame.Section(id: "verification", title: "Verification of the ledger", body: verification),
    ]
  }

  private func table(_ name: ReportTableName) -> HTML { TableMarkup(table: report.table(name)).html }

  private var summary: HTML {
    "<dl class=\"figures\">\(ReportFacts(report: report).figures.map(PageFrame.fact))</dl>"
  }

  private var exposure: HTML {
    """
    \(ExposureChart(days: report.days).html)
    \(ExposureBars(report: report).html)
    \(table(.exposure))
    \(table(.cves))
    """
  }

  private var drift: HTML {
    let pictures = report.transactions.compactMap { DriftPicture(line: $0)?.html }
    if pictures.isEmpty { return "<p>No transaction that was watched lost anything.</p>" }
    let rest = pictures.count - DriftPicture.most
    let more: HTML = rest > 0 ? "<p>\(rest) more are in the table of transactions.</p>" : ""
    return "\(Array(pictures.suffix(DriftPicture.most)))\(more)"
  }

  private var problems: HTML {
    guard !report.problems.isEmpty else { return "" }
    let items = report.problems.map { line -> HTML in
      "<li>\(TableMarkup.cell(.time(line.time))) \(TableMarkup.cell(.text(line.problem)))</li>"
    }
    return "<h3>What syncs could not do</h3><ul>\(items)</ul>"
  }

  private var verification: HTML {
    let facts = VerificationFacts(verification: report.verification).lines
    let warning: HTML =
      report.verification?.restsOnOthers == false
      ? """
      <p>Who holds the node's key can rewrite the ledger and sign it again. Only a witness, or a checkpoint from before
      that somebody else kept, shows that. Neither was given for this report.</p>
      """ : ""
    return "<dl class=\"facts\">\(facts.map(PageFrame.fact))</dl>\(warning)"
  }
}
