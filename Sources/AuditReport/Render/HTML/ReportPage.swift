internal import GateModel
internal import LedgerLog

/// The report as one page: no script, nothing from elsewhere, fit for print, a phone, light and dark.
struct ReportPage {
  let report: NodeReport

  /// Nothing may be loaded or run, even if something slipped through the escaping.
  private static let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

  var html: HTML {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>apt-gate report: \(report.node ?? "unknown node")</title>
    <style>
    \(PageStyle.sheet)</style>
    </head>
    <body>
    <a class="skip" href="#main">Skip to the report</a>
    \(header)
    \(contents)
    <main id="main">
    \(sections.map(section))
    </main>
    <footer><p>Made by apt-gate from the node's ledger. What the ledger does not say is written as <em>unknown</em>.
    Times are in UTC.</p></footer>
    </body>
    </html>

    """
  }

  private var header: HTML {
    let facts = ReportFacts(report: report)
    return """
      <header>
      <h1>apt-gate report <span class="node">\(report.node ?? "unknown node")</span></h1>
      <dl class="about">\(facts.about.dropFirst().map(Self.fact))</dl>
      </header>
      """
  }

  private static func fact(_ fact: ReportFact) -> HTML {
    "<div><dt>\(fact.label)</dt><dd>\(TableMarkup.cell(fact.cell))</dd></div>"
  }

  private var contents: HTML {
    let links = sections.map { section -> HTML in "<li><a href=\"#\(section.id)\">\(section.title)</a></li>" }
    return "<nav aria-label=\"Contents\"><ul>\(links)</ul></nav>"
  }

  // MARK: sections

  private struct Section {
    var id: String
    var title: String
    var body: HTML
  }

  private func section(_ section: Section) -> HTML {
    """
    <section aria-labelledby="\(section.id)">
    <h2 id="\(section.id)">\(section.title)</h2>
    \(section.body)
    </section>

    """
  }

  private var sections: [Section] {
    [
      Section(id: "summary", title: "Summary", body: summary),
      Section(id: "held", title: "Held now", body: table(.held)),
      Section(id: "deferred", title: "Deferred by policy or by apt", body: table(.deferred)),
      Section(id: "exposure", title: "Security exposure", body: exposure),
      Section(id: "approvals", title: "Approvals and overrides", body: "\(table(.approvals))\(table(.vetoes))"),
      Section(id: "transactions", title: "Transactions", body: table(.transactions)),
      Section(id: "network", title: "What updates did to the network", body: drift),
      Section(id: "restarts", title: "Owed restarts", body: table(.restarts)),
      Section(id: "policies", title: "Policies in force", body: "\(table(.policies))\(problems)"),
      Section(id: "verification", title: "Verification of the ledger", body: verification),
    ]
  }

  private func table(_ name: ReportTableName) -> HTML { TableMarkup(table: report.table(name)).html }

  private var summary: HTML {
    "<dl class=\"figures\">\(ReportFacts(report: report).figures.map(Self.fact))</dl>"
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
    return "<dl class=\"facts\">\(facts.map(Self.fact))</dl>\(warning)"
  }
}
